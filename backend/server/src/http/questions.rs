//! Questions to someone who learns alone: what can be answered, and what is right. In a class they come over the socket.

use actix_web::{
    HttpResponse,
    web::{Bytes, Data},
};
use convocation_classroom::{asked::Asking, json::FromJson};

use crate::{
    asking::answers,
    refusal::{Problem, Refusal},
    site::Site,
};

#[utoipa::path(post, path = "/api/questions", tag = "questions", summary = "What can be answered to a question, and what is right",
    description = "For a class of one: the answer contains the key and the reason. The body is an `Asking` of the generated TypeScript of \
        the frontend, the answer a `Resolved`, as JSON. Nothing is kept.",
    request_body(content = String, content_type = "application/json",
        description = "An `Asking`: network, picture, focus, step, edit and question"),
    responses(
        (status = 200, description = "A `Resolved`: the task with its options, the key or the truth of every cell, the reason", content_type = "application/json",
            body = String),
        (status = 400, description = "`bad_request`: not an `Asking`", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_picture`", body = Problem),
        (status = 422, description = "`not_askable`: the view has no such question. `bad_question`, `bad_text`: its options or words \
            do not fit. Or the edit does not fit the network: the code says why", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn resolve(site: Data<Site>, body: Bytes) -> Result<HttpResponse, Refusal> {
    let asking = Asking::from_json(&body)
        .map_err(|_| Refusal::BadRequest("the body is not a question about a network"))?;
    let resolved = answers(&asking, &site.library, &site.computing).await?;
    Ok(HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(resolved))
}
