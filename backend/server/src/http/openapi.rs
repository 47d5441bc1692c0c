//! The description of the HTTP interface, generated from the handlers.

use actix_web::web::Json;
use utoipa::{OpenApi, ToSchema};

use super::{classes, health, networks, pictures, places, tensors};

/// Bytes: what they mean is said where they are sent.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "stands for bodies that are not JSON")]
pub struct Binary(Vec<u8>);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Convocation",
        description = "A live classroom for convolutional networks. Everything below a digest is immutable. Every refusal has a \
            body `{code, message}`."
    ),
    paths(
        document,
        networks::list,
        networks::describe,
        networks::weights,
        pictures::send,
        pictures::show,
        tensors::overview,
        tensors::layer,
        tensors::unit,
        classes::open,
        classes::look,
        classes::socket,
        places::addresses,
        places::qr,
        health::alive,
        health::ready,
        health::metrics,
    )
)]
struct Document;

#[utoipa::path(get, path = "/api/openapi.json", tag = "health", summary = "This document",
    responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
