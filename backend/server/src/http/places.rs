//! Places: where this server can be reached, as text and as a QR code.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Json, Query},
};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::{IntoParams, ToSchema};

use crate::{
    refusal::{Problem, Refusal},
    site::Site,
};

/// Longest join address: a host name of 100 characters and a path of 16.
const ADDRESS_BYTES: usize = 200;

/// Where the server can be reached.
#[derive(Serialize, ToSchema)]
pub struct Addresses {
    /// Best first.
    #[schema(example = json!(["http://192.168.1.5:8080"]))]
    addresses: Vec<String>,
}

#[utoipa::path(get, path = "/api/addresses", tag = "places", summary = "Where this server can be reached",
    responses((status = 200, description = "Addresses of this server, best first; empty when only this machine reaches it",
        body = Addresses)))]
pub(crate) async fn addresses(site: Data<Site>) -> Json<Addresses> {
    Json(Addresses {
        addresses: site.listening.reachable(site.origins.public_url.as_ref()),
    })
}

/// What the QR code says.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QrText {
    /// A join address of this server.
    #[param(example = "http://192.168.1.5:8080/c/7KQ2MX")]
    text: String,
}

#[utoipa::path(get, path = "/api/qr", tag = "places", summary = "QR code of a join address", params(QrText),
    responses(
        (status = 200, description = "The code, with its quiet zone", content_type = "image/svg+xml", body = String),
        (status = 400, description = "`bad_request`: not an address of this server", body = Problem)))]
pub(crate) async fn qr(
    request: HttpRequest,
    site: Data<Site>,
    query: Result<Query<QrText>, actix_web::Error>,
) -> Result<HttpResponse, Refusal> {
    const NOT_OURS: Refusal = Refusal::BadRequest("`text` must be a join address of this server");
    let text = query.map_err(|_| NOT_OURS)?.into_inner().text;
    let url = Url::parse(&text)
        .ok()
        .filter(|_| text.len() <= ADDRESS_BYTES)
        .ok_or(NOT_OURS)?;
    let known = site.listening.reachable(site.origins.public_url.as_ref());
    let is_known = known
        .iter()
        .any(|address| *address == url.origin().ascii_serialization());
    // The fragment of a host's link is a secret and must not be sent here at all.
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !is_plain || !(is_known || site.origins.is_own(&url, request.headers())) {
        return Err(NOT_OURS);
    }
    let code = QrCode::with_error_correction_level(&text, EcLevel::M).map_err(|_| NOT_OURS)?;
    let image = code
        .render::<svg::Color<'_>>()
        .min_dimensions(256, 256)
        .build();
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header(("Cache-Control", "no-cache"))
        .body(image))
}
