//! Lessons: which there are, what is in them for those who learn alone, and the way in and out for files.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Json, Path, Payload},
};
use convocation_classroom::{
    json::FromJson,
    lesson::{Lesson, LessonStep},
};
use convocation_inference::Network;
use convocation_lessons::{FILE_BYTES, Fault, print};
use serde::Serialize;
use utoipa::ToSchema;

use super::receiving::receive;
use crate::{
    connection::Connection,
    outline::facts,
    refusal::{Problem, Refusal},
    site::Site,
};

/// Largest lesson as JSON: the same text in other marks.
const JSON_BYTES: usize = 2 * FILE_BYTES;

/// A lesson in a list.
#[derive(Serialize, ToSchema)]
pub struct LessonLine {
    /// What a class begins it by.
    #[schema(example = "tiny-vgg/en/a-first-look")]
    id: String,
    /// Name of its file: the same in every language.
    name: String,
    /// Language of its texts, a tag of BCP 47.
    language: String,
    /// What it is called.
    title: String,
    /// How long it is meant to take.
    minutes: u32,
    /// Number of its steps.
    steps: usize,
}

impl LessonLine {
    fn new(id: String, name: String, lesson: &Lesson) -> Self {
        Self {
            id,
            name,
            language: lesson.language.clone(),
            title: lesson.title.clone(),
            minutes: lesson.minutes,
            steps: lesson.steps.len(),
        }
    }
}

/// What everyone may read of a lesson.
fn without_notes(lesson: &Lesson) -> Lesson {
    let steps = lesson.steps.iter().map(|step| LessonStep {
        notes: String::new(),
        ..step.clone()
    });
    Lesson {
        steps: steps.collect(),
        ..lesson.clone()
    }
}

fn network<'a>(site: &'a Site, id: &str) -> Result<&'a Network, Refusal> {
    let network = site.library.by_id(id).ok_or(Refusal::NoSuchNetwork)?;
    Ok(network.as_ref())
}

#[utoipa::path(get, path = "/api/networks/{id}/lessons", tag = "lessons", summary = "The lessons of a network",
    params(("id" = String, Path, description = "Name of the network's folder", example = "tiny-vgg")),
    responses(
        (status = 200, description = "The lessons by language, then by name", body = Vec<LessonLine>),
        (status = 404, description = "`no_such_network`", body = Problem)))]
pub(crate) async fn list(
    site: Data<Site>,
    id: Path<String>,
) -> Result<Json<Vec<LessonLine>>, Refusal> {
    network(&site, &id)?;
    let lines = site.lessons.of(&id).map(|shipped| {
        LessonLine::new(shipped.id.0.clone(), shipped.name.clone(), &shipped.lesson)
    });
    Ok(Json(lines.collect()))
}

#[utoipa::path(get, path = "/api/networks/{id}/lessons/{language}/{name}", tag = "lessons", summary = "A lesson, without its notes",
    params(
        ("id" = String, Path, description = "Name of the network's folder", example = "tiny-vgg"),
        ("language" = String, Path, description = "Language of its texts", example = "en"),
        ("name" = String, Path, description = "Name of its file", example = "a-first-look")),
    responses(
        (status = 200, description = "A `Lesson` of the generated TypeScript of the frontend, as JSON; its notes are empty",
            content_type = "application/json", body = String),
        (status = 404, description = "`no_such_network`, `no_such_lesson`", body = Problem)))]
pub(crate) async fn show(
    site: Data<Site>,
    path: Path<(String, String, String)>,
) -> Result<Json<Lesson>, Refusal> {
    let (id, language, name) = path.into_inner();
    network(&site, &id)?;
    let mut lessons = site.lessons.of(&id);
    let found = lessons.find(|shipped| shipped.name == name && shipped.lesson.language == language);
    let shipped = found.ok_or(Refusal::NoSuchLesson)?;
    Ok(Json(without_notes(&shipped.lesson)))
}

#[utoipa::path(post, path = "/api/networks/{id}/lessons/sent", tag = "lessons", summary = "Sends a lesson in",
    description = "Reads a lesson's file and keeps it for a while, so that a class can begin it by its id.",
    params(("id" = String, Path, description = "Name of the network's folder", example = "tiny-vgg")),
    request_body(content = String, content_type = "text/markdown", description = "The file, at most 1 MB"),
    responses(
        (status = 201, description = "The lesson is kept", body = LessonLine),
        (status = 403, description = "`foreign_origin`", body = Problem),
        (status = 404, description = "`no_such_network`", body = Problem),
        (status = 408, description = "`too_slow`", body = Problem),
        (status = 422, description = "`bad_lesson`: the message has a line for each fault, with its line of the file", body = Problem),
        (status = 429, description = "`too_many_requests` on this connection", body = Problem)))]
pub(crate) async fn send(
    request: HttpRequest,
    site: Data<Site>,
    id: Path<String>,
    body: Payload,
) -> Result<HttpResponse, Refusal> {
    let text = receive_text(&request, &site, body, FILE_BYTES).await?;
    let network = network(&site, &id)?;
    let (id, lesson) = site.lessons.keep(network, &text).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
        Refusal::BadLesson {
            message: lines.join("\n"),
        }
    })?;
    Ok(HttpResponse::Created().json(LessonLine::new(id.0, String::new(), &lesson)))
}

#[utoipa::path(post, path = "/api/networks/{id}/lessons/file", tag = "lessons", summary = "Writes a lesson as a file",
    params(("id" = String, Path, description = "Name of the network's folder", example = "tiny-vgg")),
    request_body(content = String, content_type = "application/json",
        description = "A `Lesson` of the generated TypeScript of the frontend, as a class has it"),
    responses(
        (status = 200, description = "A file that can be sent in again", content_type = "text/markdown", body = String),
        (status = 400, description = "`bad_request`: not a lesson", body = Problem),
        (status = 403, description = "`foreign_origin`", body = Problem),
        (status = 404, description = "`no_such_network`", body = Problem),
        (status = 408, description = "`too_slow`", body = Problem),
        (status = 422, description = "`bad_lesson`: larger than a lesson can be", body = Problem),
        (status = 429, description = "`too_many_requests` on this connection", body = Problem)))]
pub(crate) async fn write(
    request: HttpRequest,
    site: Data<Site>,
    id: Path<String>,
    body: Payload,
) -> Result<HttpResponse, Refusal> {
    let json = receive_text(&request, &site, body, JSON_BYTES).await?;
    let network = network(&site, &id)?;
    let lesson: Lesson = Lesson::from_json(json.as_bytes())
        .map_err(|_| Refusal::BadRequest("this is not the JSON of a lesson"))?;
    Ok(HttpResponse::Ok()
        .content_type("text/markdown; charset=utf-8")
        .body(print(&lesson, &facts(network))))
}

/// Text that is sent in from one of our own pages.
async fn receive_text(
    request: &HttpRequest,
    site: &Site,
    body: Payload,
    most_bytes: usize,
) -> Result<String, Refusal> {
    site.origins.check(request.headers())?;
    // A proxy's connections carry everyone: there, limits are the proxy's matter.
    let connection = request
        .conn_data::<Connection>()
        .filter(|_| !site.origins.behind_proxy);
    if connection.is_some_and(|connection| !connection.may_send()) {
        return Err(Refusal::TooManyRequests);
    }
    let too_large = Refusal::BadLesson {
        message: "the file is larger than a lesson can be".to_owned(),
    };
    let bytes = receive(request, body, most_bytes, &too_large).await?;
    String::from_utf8(bytes).map_err(|_| Refusal::BadLesson {
        message: "the file is not text in UTF-8".to_owned(),
    })
}
