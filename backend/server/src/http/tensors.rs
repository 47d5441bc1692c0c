//! Tensors: what a network makes of a picture, as an overview for painting or exactly.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Path},
};
use convocation_classroom::ids::PictureId;
use convocation_inference::{Layer, Network, overview};

use super::openapi::Binary;
use crate::{
    refusal::{Problem, Refusal},
    site::Site,
    subject::{EDIT, Subject},
};

#[utoipa::path(get, path = "/api/overviews/{digest}/{picture}/{size}", tag = "tensors",
    summary = "All maps of a network for a picture, for painting",
    params(
        ("digest" = String, Path, description = "Digest of the network"),
        ("picture" = String, Path, description = "Digest of the picture"),
        ("size" = String, Path, description = "`phone`: maps above 32 px averaged down; `full`: as they are", example = "phone"),
        ("edit" = Option<String>, Query, description = EDIT)),
    responses(
        (status = 200, description = "8-bit maps with their ranges; the format is described in backend/inference",
            content_type = "application/octet-stream", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 400, description = "`bad_request`: no such size, or an edit that cannot be read", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_picture`", body = Problem),
        (status = 422, description = "The edit does not fit the network: the code says why", body = Problem),
        (status = 429, description = "`too_many_requests`: too many edits on this connection", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn overview(
    request: HttpRequest,
    site: Data<Site>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Refusal> {
    let (digest, picture, size) = path.into_inner();
    let subject = Subject::of(&site, &request, &digest, &picture)?;
    let parsed: overview::Size = size
        .parse()
        .map_err(|_| Refusal::BadRequest("the size of an overview is `phone` or `full`"))?;
    let produce = async {
        let activations = site
            .computing
            .activations(&subject, &PictureId(picture.clone()))
            .await?;
        let network = Arc::clone(subject.network());
        let encoding = tokio::task::spawn_blocking(move || {
            overview::encode(network.description(), &activations, parsed)
        });
        encoding
            .await
            .map(Bytes::from)
            .map_err(|_| Refusal::Internal)
    };
    let plain = format!("overview-{digest}-{picture}-{size}");
    site.blob(&request, &subject, plain, produce).await
}

#[utoipa::path(get, path = "/api/tensors/{digest}/{picture}/{layer}", tag = "tensors", summary = "One layer, exactly",
    params(
        ("digest" = String, Path, description = "Digest of the network"),
        ("picture" = String, Path, description = "Digest of the picture"),
        ("layer" = String, Path, description = "Id of the layer", example = "conv_1_1"),
        ("edit" = Option<String>, Query, description = EDIT)),
    responses(
        (status = 200, description = "The activations `[C, H, W]` or `[N]`: little-endian f32",
            content_type = "application/octet-stream", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 400, description = "`bad_request`: the edit cannot be read", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_layer`, `no_such_picture`", body = Problem),
        (status = 422, description = "The edit does not fit the network: the code says why", body = Problem),
        (status = 429, description = "`too_many_requests`: too many edits on this connection", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn layer(
    request: HttpRequest,
    site: Data<Site>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Refusal> {
    let (digest, picture, layer) = path.into_inner();
    let subject = Subject::of(&site, &request, &digest, &picture)?;
    find(subject.network(), &layer)?;
    let produce = async {
        let activations = site
            .computing
            .activations(&subject, &PictureId(picture.clone()))
            .await?;
        activations
            .layer(&layer)
            .map(little_endian)
            .ok_or(Refusal::NoSuchLayer)
    };
    let plain = format!("layer-{digest}-{picture}-{layer}");
    site.blob(&request, &subject, plain, produce).await
}

#[utoipa::path(get, path = "/api/tensors/{digest}/{picture}/{layer}/{unit}", tag = "tensors", summary = "One unit, exactly",
    params(
        ("digest" = String, Path, description = "Digest of the network"),
        ("picture" = String, Path, description = "Digest of the picture"),
        ("layer" = String, Path, description = "Id of the layer", example = "conv_1_1"),
        ("unit" = u32, Path, description = "Channel, or element of a flat layer, from 0"),
        ("edit" = Option<String>, Query, description = EDIT)),
    responses(
        (status = 200, description = "The activations `[H, W]`, or one value: little-endian f32",
            content_type = "application/octet-stream", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 400, description = "`bad_request`: the edit cannot be read", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_layer`, `no_such_unit`, `no_such_picture`", body = Problem),
        (status = 422, description = "The edit does not fit the network: the code says why", body = Problem),
        (status = 429, description = "`too_many_requests`: too many edits on this connection", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn unit(
    request: HttpRequest,
    site: Data<Site>,
    path: Path<(String, String, String, String)>,
) -> Result<HttpResponse, Refusal> {
    let (digest, picture, layer, unit) = path.into_inner();
    let subject = Subject::of(&site, &request, &digest, &picture)?;
    let unit: u32 = unit.parse().map_err(|_| Refusal::NoSuchUnit)?;
    if unit >= find(subject.network(), &layer)?.units() {
        return Err(Refusal::NoSuchUnit);
    }
    let produce = async {
        let activations = site
            .computing
            .activations(&subject, &PictureId(picture.clone()))
            .await?;
        activations
            .unit(&layer, unit)
            .map(little_endian)
            .ok_or(Refusal::NoSuchUnit)
    };
    let plain = format!("unit-{digest}-{picture}-{layer}-{unit}");
    site.blob(&request, &subject, plain, produce).await
}

fn find<'a>(network: &'a Network, layer: &str) -> Result<&'a Layer, Refusal> {
    network
        .description()
        .layers
        .iter()
        .find(|described| described.id == layer)
        .ok_or(Refusal::NoSuchLayer)
}

fn little_endian(values: &[f32]) -> Bytes {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect::<Vec<u8>>()
        .into()
}
