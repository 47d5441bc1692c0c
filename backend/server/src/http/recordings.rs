//! Recordings: what is left of a class, for its host alone, who proves it by the host's secret in a header.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Bytes, Data, Path},
};
use convocation_classroom::{
    ids::ClassCode,
    report::{self, Report},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    class::registry::{HostClaim, Recording},
    encoding::Encoding,
    recording,
    refusal::{Problem, Refusal},
    secret,
    site::Site,
};

/// The header with the host's secret: paths and queries end up in logs.
const HOST: &str = "convocation-host";

/// A report, and what its reader has to know about the recording.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    /// When the class was opened, in milliseconds since 1970.
    opened_at: u64,
    /// When the recording will be deleted, likewise; nothing while the class goes on or its host keeps it.
    gone_at: Option<u64>,
    report: Report,
}

/// Whether a recording is kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Keeping {
    /// Whether it is.
    kept: bool,
}

#[utoipa::path(get, path = "/api/classes/{code}/report", tag = "classes", summary = "The report of a class, for its host",
    description = "During the class and until its recording is deleted: `{openedAt, goneAt, report}` with a `Report` of the generated \
        TypeScript of the frontend and moments in milliseconds since 1970. No names, no seats.",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX"),
        ("convocation-host" = String, Header, description = "The host's secret")),
    responses(
        (status = 200, description = "The report", content_type = "application/json", body = String),
        (status = 403, description = "`not_host`", body = Problem),
        (status = 404, description = "`no_such_class`: never, or not any more", body = Problem),
        (status = 429, description = "`too_many_wrong_codes` from this address", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn report(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let Recording { saved, gone_at } = site
        .classes
        .recording(&claim(&request, &site, &code))
        .await?;
    let opened_at = saved.opened_at.0;
    // A lecture of hours is tens of thousands of entries: others are served meanwhile.
    let replayed = web::block(move || report::report(&saved.opening, &saved.entries)).await;
    let report = replayed
        .map_err(|_| Refusal::Internal)?
        .map_err(|rejection| {
            tracing::error!(%rejection, "the rules refuse an entry of the journal");
            Refusal::Internal
        })?;
    Ok(HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(Written {
            opened_at,
            gone_at: gone_at.map(|at| at.0),
            report,
        }))
}

#[utoipa::path(get, path = "/api/classes/{code}/recording", tag = "classes", summary = "The recording of a class as one file, for its host",
    description = "During the class and until its recording is deleted: a `Recording` of the generated TypeScript of the frontend. What \
        everyone saw, moment by moment, with the pictures that were sent in. No names, no seats, nothing that students asked: the file may \
        be handed on, and opened by any server.",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX"),
        ("convocation-host" = String, Header, description = "The host's secret")),
    responses(
        (status = 200, description = "The file", content_type = "application/json", body = String),
        (status = 403, description = "`not_host`", body = Problem),
        (status = 404, description = "`no_such_class`: never, or not any more", body = Problem),
        (status = 413, description = "`recording_too_large`: over 64 MB", body = Problem),
        (status = 429, description = "`too_many_wrong_codes` from this address", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn recording(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let claim = claim(&request, &site, &code);
    let turn = recording::turn().await;
    let Recording { saved, .. } = site.classes.recording(&claim).await?;
    // A code that opened a class is safe to be the name of a file.
    let name = format!(
        "attachment; filename=\"convocation-{}.json\"",
        saved.opening.code
    );
    let encoding = Encoding::wanted(request.headers());
    let file = recording::file(&site, saved, encoding).await?;
    drop(turn);
    let mut response = HttpResponse::Ok();
    if let Some(token) = encoding.token() {
        response.insert_header(("Content-Encoding", token));
    }
    Ok(response
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("Content-Disposition", name))
        .insert_header(("Vary", "Accept-Encoding"))
        .content_type("application/json")
        .body(file))
}

#[utoipa::path(post, path = "/api/classes/{code}/kept", tag = "classes", summary = "Keeps the recording of a class, or not any more",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX"),
        ("convocation-host" = String, Header, description = "The host's secret")),
    request_body(content = Keeping),
    responses(
        (status = 204, description = "It is so"),
        (status = 400, description = "`bad_request`", body = Problem),
        (status = 403, description = "`not_host`, `foreign_origin`", body = Problem),
        (status = 404, description = "`no_such_class`", body = Problem),
        (status = 429, description = "`too_many_wrong_codes` from this address", body = Problem),
        (status = 503, description = "`busy`, or `too_many_classes`: as many are kept as there is room for", body = Problem)))]
pub(crate) async fn keep(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Refusal> {
    site.origins.check(request.headers())?;
    let Keeping { kept } = serde_json::from_slice(&body)
        .map_err(|_| Refusal::BadRequest("the body is JSON with `kept`, true or false"))?;
    let claim = claim(&request, &site, &code);
    site.classes.keep(&claim, kept).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(post, path = "/api/classes/{code}/deletion", tag = "classes", summary = "Deletes a class with all that belongs to it",
    description = "At once: whoever is in the class is told, and the answer comes when journal and pictures are gone from the disk.",
    params(("code" = String, Path, description = "The code", example = "7KQ2MX"),
        ("convocation-host" = String, Header, description = "The host's secret")),
    responses(
        (status = 204, description = "Nothing is left of it"),
        (status = 403, description = "`not_host`, `foreign_origin`", body = Problem),
        (status = 404, description = "`no_such_class`", body = Problem),
        (status = 429, description = "`too_many_wrong_codes` from this address", body = Problem),
        (status = 503, description = "`busy`: try again after `Retry-After`", body = Problem)))]
pub(crate) async fn delete(
    request: HttpRequest,
    site: Data<Site>,
    code: Path<String>,
) -> Result<HttpResponse, Refusal> {
    site.origins.check(request.headers())?;
    let claim = claim(&request, &site, &code);
    site.classes.delete_now(&claim).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn claim(request: &HttpRequest, site: &Site, code: &str) -> HostClaim {
    let presented = request.headers().get(HOST);
    let presented = presented.and_then(|secret| secret.to_str().ok());
    HostClaim {
        code: ClassCode::parse(code),
        secret: secret::hash(presented.unwrap_or_default()),
        from: site.origins.neighbourhood(request),
    }
}
