//! Classes: opening one, finding one, and the door to its socket.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Json, Path, Payload},
};
use convocation_classroom::ids::{ClassCode, PictureId};
use convocation_inference::Network;
use convocation_storage::StoredPicture;
use serde::{Deserialize, Serialize};
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::{
    class::{registry::Beginning, visitor::Visitor},
    outline::outline,
    refusal::{Problem, Refusal},
    site::Site,
    socket::{self, Incoming, MESSAGE_BYTES},
};

/// What a class begins with.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Wish {
    /// Id of the network; the first one without.
    #[schema(example = "tiny-vgg")]
    network: Option<String>,
    /// Digest of the picture; the first of the network's gallery without.
    picture: Option<String>,
}

/// A class that was opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenedClass {
    /// The code to join by.
    #[schema(example = "7KQ2MX")]
    code: String,
    /// What makes the host: for the fragment of the host's link, never for a path.
    host_secret: String,
    /// What makes an assistant: for the fragment of the assistants' link.
    assistant_secret: String,
}

/// What anyone with a code may know.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassLine {
    /// The code.
    code: String,
    /// Whether newcomers are kept out.
    locked: bool,
}

/// What a class looks at.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// Id of the network.
    network: String,
    /// Digest of the picture.
    picture: String,
}

#[utoipa::path(post, path = "/api/classes", tag = "classes", summary = "Opens a class",
    request_body(content = Wish, description = "May be empty"),
    responses(
        (status = 201, description = "The class is open", body = OpenedClass),
        (status = 400, description = "`bad_request`", body = Problem),
        (status = 403, description = "`foreign_origin`", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_picture`", body = Problem),
        (status = 429, description = "`too_many_requests`", body = Problem),
        (status = 503, description = "`too_many_classes`, `busy`, `restarting`", body = Problem)))]
pub(crate) async fn open(
    request: HttpRequest,
    site: Data<Site>,
    body: Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse, Refusal> {
    const NO_WISH: Refusal =
        Refusal::BadRequest("the body is a little JSON with `network` and `picture`, or empty");
    site.origins.check(request.headers())?;
    let wish: Wish = match body.map_err(|_| NO_WISH)?.as_ref() {
        [] => Wish::default(),
        json => serde_json::from_slice(json).map_err(|_| NO_WISH)?,
    };
    let network = match &wish.network {
        Some(id) => site.library.by_id(id),
        None => site.library.networks().first(),
    };
    let network = network.ok_or(Refusal::NoSuchNetwork)?;
    let picture = first_picture(network, wish.picture)?;
    let kept = site.pictures.find(&picture).await?;
    let stored = (!site.pictures.is_in_gallery(&picture)).then(|| StoredPicture {
        id: picture.clone(),
        bytes: kept.png().to_vec(),
    });
    let beginning = Beginning {
        outline: outline(network.description()),
        picture,
        stored,
    };
    let opened = site
        .classes
        .open(beginning, site.origins.neighbourhood(&request))
        .await?;
    Ok(HttpResponse::Created().json(OpenedClass {
        code: opened.code.0,
        host_secret: opened.host.reveal(),
        assistant_secret: opened.assistant.reveal(),
    }))
}

fn first_picture(network: &Network, wish: Option<String>) -> Result<PictureId, Refusal> {
    let from_gallery = || {
        network
            .pictures()
            .first()
            .map(|picture| picture.digest().to_owned())
    };
    wish.or_else(from_gallery)
        .map(PictureId)
        .ok_or(Refusal::NoSuchPicture)
}

#[utoipa::path(get, path = "/api/classes/{code}", tag = "classes", summary = "Whether there is a class with a code",
    params(("code" = String, Path, description = "The code as someone typed it", example = "7KQ2MX")),
    responses(
        (status = 200, description = "There is", body = ClassLine),
        (status = 404, description = "`no_such_class`", body = Problem),
        (status = 410, description = "`class_over`: there was, and its recording is still there", body = Problem),
        (status = 429, description = "`too_many_wrong_codes` from this address", body = Problem)))]
pub(crate) async fn look(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
) -> Result<Json<ClassLine>, Refusal> {
    let code = ClassCode::parse(&code);
    let class = site
        .classes
        .find(code.as_ref(), site.origins.neighbourhood(&request))?;
    let code = code.map(|code| code.0).unwrap_or_default();
    Ok(Json(ClassLine {
        code,
        locked: class.front().locked,
    }))
}

#[utoipa::path(get, path = "/api/classes/{code}/shown", tag = "classes", summary = "What a class looks at",
    description = "For a page that is on its way into the class, so that its first picture is, too.",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX")),
    responses(
        (status = 200, body = Option<Shown>,
            description = "`null` where there is no such class, newcomers are kept out, a kernel is edited, or this address tried too many wrong codes")))]
pub(crate) async fn shown(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
) -> Json<Option<Shown>> {
    let from = site.origins.neighbourhood(&request);
    let class = site.classes.find(ClassCode::parse(&code).as_ref(), from);
    let shown = class.ok().and_then(|class| class.front().shown);
    Json(shown.map(|(network, picture)| Shown {
        network: network.0,
        picture: picture.0,
    }))
}

#[utoipa::path(get, path = "/api/classes/{code}/socket", tag = "classes", summary = "The socket of a class",
    description = "A WebSocket with the messages `ClientMessage` and `ServerMessage` of the generated TypeScript of the frontend, as \
        JSON. The first message is `hello`. Whoever may not come in is told why by `bye`.",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX")),
    responses(
        (status = 101, description = "The socket"),
        (status = 400, description = "`bad_request`: not a WebSocket handshake", body = Problem),
        (status = 403, description = "`foreign_origin`", body = Problem)))]
pub(crate) async fn socket(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Refusal> {
    site.origins.check(request.headers())?;
    socket::open(&request, payload, visitor(&request, &site, &code))
}

fn visitor(request: &HttpRequest, site: &Site, code: &str) -> Visitor {
    Visitor {
        classes: site.classes.clone(),
        code: ClassCode::parse(code),
        from: site.origins.neighbourhood(request),
    }
}

/// The longest that a message may take to arrive.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(5);

/// The header that names the connection that says something.
const LINE: &str = "convocation-line";

#[utoipa::path(post, path = "/api/classes/{code}/events", tag = "classes", summary = "The messages of a class as server-sent events",
    description = "For networks that let no WebSocket through: the same messages. The body is `hello`. The first event, `line`, is the \
        secret name under which the rest is said by `POST /api/messages`; every other event is one message.",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX")),
    request_body(content = String, content_type = "application/json", description = "`hello`"),
    responses(
        (status = 200, description = "Events until the connection ends", content_type = "text/event-stream", body = String),
        (status = 403, description = "`foreign_origin`", body = Problem),
        (status = 408, description = "`too_slow`", body = Problem)))]
pub(crate) async fn events(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Refusal> {
    site.origins.check(request.headers())?;
    let hello = message(payload).await?;
    let visitor = visitor(&request, &site, &code);
    Ok(socket::open_events(&site.lines, hello, visitor))
}

#[utoipa::path(post, path = "/api/messages", tag = "classes", summary = "Says something on a connection over server-sent events",
    params(("convocation-line" = String, Header, description = "The name that the connection's first event gave")),
    request_body(content = String, content_type = "application/json", description = "A `ClientMessage`"),
    responses(
        (status = 204, description = "It is on its way"),
        (status = 403, description = "`foreign_origin`", body = Problem),
        (status = 404, description = "`no_such_line`: the connection is over", body = Problem),
        (status = 408, description = "`too_slow`", body = Problem),
        (status = 429, description = "`too_many_requests`", body = Problem)))]
pub(crate) async fn say(
    request: HttpRequest,
    site: Data<Site>,
    payload: Payload,
) -> Result<HttpResponse, Refusal> {
    site.origins.check(request.headers())?;
    let line = request
        .headers()
        .get(LINE)
        .and_then(|line| line.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let message = message(payload).await?;
    site.lines.post(&line, message)?;
    Ok(HttpResponse::NoContent().finish())
}

/// The message in a body. One that is too large or makes no sense is the session's to end the connection for, as on a socket.
async fn message(payload: Payload) -> Result<Incoming, Refusal> {
    match timeout(MESSAGE_TIMEOUT, payload.to_bytes_limited(MESSAGE_BYTES)).await {
        Err(_) => Err(Refusal::TooSlow),
        Ok(Err(_)) => Ok(Incoming::TooLarge),
        Ok(Ok(body)) => Ok(body.map_or(Incoming::Gone, |body| Incoming::parse(&body))),
    }
}
