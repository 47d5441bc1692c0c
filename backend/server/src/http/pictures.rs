//! Pictures: sent in by anyone, shown to anyone who knows their digest.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Path, Payload},
};
use convocation_classroom::ids::PictureId;
use convocation_pictures::picture::FILE_BYTES;
use serde::Serialize;
use utoipa::ToSchema;

use super::{openapi::Binary, receiving::receive};
use crate::{
    connection::Connection,
    encoding::Encoding,
    freshness::{Body, Freshness, Tag},
    refusal::{Problem, Refusal},
    site::Site,
};

/// A picture that is kept.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeptPicture {
    /// Its digest: 32 hexadecimal digits.
    picture: String,
    /// Width in px, as it is kept.
    width: u32,
    /// Height in px, as it is kept.
    height: u32,
}

#[utoipa::path(post, path = "/api/pictures", tag = "pictures", summary = "Sends a picture",
    description = "PNG, JPEG, WebP, GIF (first frame), BMP or TIFF, at most 12 MB and 40 megapixels. Kept in memory, within a \
        budget; for longer once it is on the stage of a class.",
    request_body(content = Binary, content_type = "application/octet-stream", description = "The file"),
    responses(
        (status = 201, description = "The picture is kept", body = KeptPicture),
        (status = 403, description = "`foreign_origin`", body = Problem),
        (status = 408, description = "`too_slow`", body = Problem),
        (status = 413, description = "`too_large`", body = Problem),
        (status = 422, description = "Not a picture, broken, or with too many pixels: the code says which", body = Problem),
        (status = 429, description = "`too_many_requests` on this connection", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn send(
    request: HttpRequest,
    site: Data<Site>,
    body: Payload,
) -> Result<HttpResponse, Refusal> {
    site.origins.check(request.headers())?;
    // A proxy's connections carry everyone: there, limits are the proxy's matter.
    let connection = request
        .conn_data::<Connection>()
        .filter(|_| !site.origins.behind_proxy);
    if connection.is_some_and(|connection| !connection.may_send()) {
        return Err(Refusal::TooManyRequests);
    }
    let place = site.decoding.place()?;
    let file = receive(&request, body, FILE_BYTES, &Refusal::TooLarge).await?;
    let picture = site.pictures.keep(site.decoding.decode(file).await?);
    drop(place);
    Ok(HttpResponse::Created().json(KeptPicture {
        picture: picture.digest().to_owned(),
        width: picture.width(),
        height: picture.height(),
    }))
}

#[utoipa::path(get, path = "/api/pictures/{picture}", tag = "pictures", summary = "A picture",
    params(("picture" = String, Path, description = "Digest of the picture")),
    responses(
        (status = 200, description = "The picture as it is kept: upright, opaque, shorter side at most 512 px",
            content_type = "image/png", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 404, description = "`no_such_picture`", body = Problem)))]
pub(crate) async fn show(
    request: HttpRequest,
    site: Data<Site>,
    id: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let picture = site.pictures.find(&PictureId(id.into_inner())).await?;
    let tag = Tag {
        digest: picture.digest(),
        fresh: Freshness::Forever,
    };
    Ok(tag.answer(&request, || Body {
        mime: "image/png",
        encoding: Encoding::Identity,
        bytes: Bytes::copy_from_slice(picture.png()),
    }))
}

#[utoipa::path(get, path = "/api/pictures/{picture}/thumbnail", tag = "pictures", summary = "A picture, small",
    params(("picture" = String, Path, description = "Digest of the picture")),
    responses(
        (status = 200, description = "The central square of the picture, 128 px wide", content_type = "image/jpeg", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 404, description = "`no_such_picture`", body = Problem)))]
pub(crate) async fn thumbnail(
    request: HttpRequest,
    site: Data<Site>,
    id: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let picture = site.pictures.find(&PictureId(id.into_inner())).await?;
    let digest = format!("thumbnail-{}", picture.digest());
    let tag = Tag {
        digest: &digest,
        fresh: Freshness::Forever,
    };
    if tag.is_known_to(&request) {
        return Ok(tag.unchanged());
    }
    let made =
        tokio::task::spawn_blocking(move || Bytes::copy_from_slice(picture.thumbnail())).await;
    Ok(tag.full(Body {
        mime: "image/jpeg",
        encoding: Encoding::Identity,
        bytes: made.map_err(|_| Refusal::Internal)?,
    }))
}
