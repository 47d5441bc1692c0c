//! Networks: which there are, what they are made of, and their weights.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Json, Path},
};
use convocation_inference::{Description, Layer, Network};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::openapi::Binary;
use crate::{
    encoding::Encoding,
    freshness::{Body, Freshness, Tag},
    refusal::{Problem, Refusal},
    site::Site,
    subject::{EDIT, Subject},
};

/// A network in the list.
#[derive(Serialize, ToSchema)]
pub struct NetworkLine {
    /// Name of its folder.
    #[schema(example = "tiny-vgg")]
    id: String,
    /// The address of its tensors: 32 hexadecimal digits.
    digest: String,
    /// Name for people.
    name: String,
    /// One sentence for people.
    summary: String,
}

#[utoipa::path(get, path = "/api/networks", tag = "networks", summary = "All networks of this server",
    responses((status = 200, description = "The networks; classes begin with the first", body = Vec<NetworkLine>)))]
pub(crate) async fn list(site: Data<Site>) -> Json<Vec<NetworkLine>> {
    let line = |network: &Arc<Network>| {
        let description = network.description();
        NetworkLine {
            id: description.id.clone(),
            digest: description.digest.clone(),
            name: description.name.clone(),
            summary: description.summary.clone(),
        }
    };
    Json(site.library.networks().iter().map(line).collect())
}

#[utoipa::path(get, path = "/api/networks/{id}", tag = "networks", summary = "What a network is made of",
    params(("id" = String, Path, description = "Name of the network's folder", example = "tiny-vgg")),
    responses(
        (status = 200, description = "Layers in the order of computation with operations and shapes, labels, input, gallery",
            body = Description),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 404, description = "`no_such_network`", body = Problem)))]
pub(crate) async fn describe(
    request: HttpRequest,
    site: Data<Site>,
    id: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let network = site.library.by_id(&id).ok_or(Refusal::NoSuchNetwork)?;
    let json = serde_json::to_vec(network.description()).map_err(|_| Refusal::Internal)?;
    // The texts around a network may change while its tensors stay the same, so the tag is of the description itself.
    let digest: String = Sha256::digest(&json)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = Tag {
        digest: &digest,
        fresh: Freshness::Ask,
    };
    if tag.is_known_to(&request) {
        return Ok(tag.unchanged());
    }
    let encoding = Encoding::wanted(request.headers());
    let bytes = site
        .blobs
        .get(&format!("description-{digest}"), encoding, async {
            Ok(json.into())
        })
        .await?;
    Ok(tag.full(Body {
        mime: "application/json",
        encoding,
        bytes,
    }))
}

#[utoipa::path(get, path = "/api/weights/{digest}/{layer}", tag = "networks", summary = "The weights of a layer",
    params(
        ("digest" = String, Path, description = "Digest of the network"),
        ("layer" = String, Path, description = "Id of the layer", example = "conv_1_1"),
        ("edit" = Option<String>, Query, description = EDIT)),
    responses(
        (status = 200, description = "The weight tensors in the order and shapes of the description, joined: little-endian f32",
            content_type = "application/octet-stream", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 400, description = "`bad_request`: the edit cannot be read", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_layer`, `no_weights`", body = Problem),
        (status = 422, description = "The edit does not fit the network: the code says why", body = Problem),
        (status = 429, description = "`too_many_requests`: too many edits on this connection", body = Problem)))]
pub(crate) async fn weights(
    request: HttpRequest,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Refusal> {
    let (digest, layer) = path.into_inner();
    let subject = Subject::of(&site, &request, &digest, "")?;
    weighted(&subject, &layer)?;
    let produce = async {
        subject
            .weights(&layer)
            .map(Bytes::from)
            .ok_or(Refusal::NoSuchLayer)
    };
    let plain = format!("weights-{digest}-{layer}");
    site.blob(&request, &subject, plain, produce).await
}

#[utoipa::path(get, path = "/api/weights/{digest}/{layer}/{unit}", tag = "networks", summary = "The weights of one unit",
    params(
        ("digest" = String, Path, description = "Digest of the network"),
        ("layer" = String, Path, description = "Id of the layer", example = "conv_1_1"),
        ("unit" = u32, Path, description = "Channel, or element of a flat layer, from 0"),
        ("edit" = Option<String>, Query, description = EDIT)),
    responses(
        (status = 200, description = "The unit's part of each weight tensor of the layer, joined: little-endian f32",
            content_type = "application/octet-stream", body = Binary),
        (status = 304, description = "The copy that `If-None-Match` names is right"),
        (status = 400, description = "`bad_request`: the edit cannot be read", body = Problem),
        (status = 404, description = "`no_such_network`, `no_such_layer`, `no_weights`, `no_such_unit`", body = Problem),
        (status = 422, description = "The edit does not fit the network: the code says why", body = Problem),
        (status = 429, description = "`too_many_requests`: too many edits on this connection", body = Problem)))]
pub(crate) async fn unit_weights(
    request: HttpRequest,
    site: Data<Site>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Refusal> {
    let (digest, layer, unit) = path.into_inner();
    let subject = Subject::of(&site, &request, &digest, "")?;
    let unit: u32 = unit.parse().map_err(|_| Refusal::NoSuchUnit)?;
    let described = weighted(&subject, &layer)?;
    if unit >= described.units() {
        return Err(Refusal::NoSuchUnit);
    }
    let produce = async {
        let all = subject.weights(&layer).ok_or(Refusal::NoSuchLayer)?;
        part_of_unit(&all, described, unit)
            .map(Bytes::from)
            .ok_or(Refusal::Internal)
    };
    let plain = format!("weights-{digest}-{layer}-{unit}");
    site.blob(&request, &subject, plain, produce).await
}

/// The layer, if it has weights.
fn weighted<'a>(subject: &'a Subject, layer: &str) -> Result<&'a Layer, Refusal> {
    let layers = &subject.network().description().layers;
    let found = layers
        .iter()
        .find(|described| described.id == layer)
        .ok_or(Refusal::NoSuchLayer)?;
    if found.weights.is_empty() {
        return Err(Refusal::NoWeights);
    }
    Ok(found)
}

/// A unit's part of a layer's weights, of which every tensor has one part of the same size for each unit. `None` where it is not so.
fn part_of_unit(all: &[u8], layer: &Layer, unit: u32) -> Option<Vec<u8>> {
    let mut part = Vec::new();
    let mut rest = all;
    for shape in &layer.weights {
        if shape.first() != Some(&layer.units()) {
            return None;
        }
        let values: usize = shape[1..].iter().map(|&n| n as usize).product();
        let bytes = values * size_of::<f32>();
        let (tensor, next) = rest.split_at_checked(bytes * layer.units() as usize)?;
        part.extend_from_slice(tensor.get(bytes * unit as usize..bytes * (unit as usize + 1))?);
        rest = next;
    }
    Some(part)
}
