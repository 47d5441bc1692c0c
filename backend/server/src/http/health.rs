//! Health: whether the server lives, whether it can serve, and how it does.

use actix_web::{HttpResponse, web::Data};
use convocation_inference::engine::RunKind;
use metrics::{counter, gauge};

use crate::{
    refusal::{Problem, Refusal},
    site::Site,
};

#[utoipa::path(get, path = "/healthz", tag = "health", summary = "Liveness",
    responses((status = 200, description = "The process answers", content_type = "text/plain", body = String)))]
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

#[utoipa::path(get, path = "/readyz", tag = "health", summary = "Readiness",
    responses(
        (status = 200, description = "Networks are loaded, classes are back, everyone may come in",
            content_type = "text/plain", body = String),
        (status = 503, description = "`restarting`", body = Problem)))]
pub(crate) async fn ready(site: Data<Site>) -> Result<&'static str, Refusal> {
    // The server listens only after networks and classes are loaded.
    if site.classes.is_draining() {
        Err(Refusal::Restarting)
    } else {
        Ok("ready\n")
    }
}

#[utoipa::path(get, path = "/metrics", tag = "health", summary = "Metrics for Prometheus",
    responses((status = 200, description = "Text format 0.0.4", content_type = "text/plain", body = String)))]
pub(crate) async fn metrics(site: Data<Site>) -> HttpResponse {
    let stats = site.computing.engine.stats(RunKind::Plain);
    gauge!("convocation_inference_queued").set(count(stats.queued));
    gauge!("convocation_inference_running").set(count(stats.running));
    counter!("convocation_inference_runs_total").absolute(stats.runs);
    counter!("convocation_inference_failures_total").absolute(stats.failures);
    counter!("convocation_inference_refused_total").absolute(stats.refused);
    counter!("convocation_activation_hits_total").absolute(stats.cache_hits);
    counter!("convocation_activation_misses_total").absolute(stats.cache_misses);
    gauge!("convocation_activation_bytes").set(bytes(stats.cache_bytes));
    let edits = site.computing.engine.stats(RunKind::Edited);
    gauge!("convocation_edit_queued").set(count(edits.queued));
    counter!("convocation_edit_runs_total").absolute(edits.runs);
    counter!("convocation_edit_failures_total").absolute(edits.failures);
    counter!("convocation_edit_refused_total").absolute(edits.refused);
    counter!("convocation_edit_hits_total").absolute(edits.cache_hits);
    counter!("convocation_edit_misses_total").absolute(edits.cache_misses);
    gauge!("convocation_edit_activation_bytes").set(bytes(edits.cache_bytes));
    gauge!("convocation_edit_blob_bytes").set(bytes(site.edited_blobs.bytes()));
    gauge!("convocation_blob_bytes").set(bytes(site.blobs.bytes()));
    gauge!("convocation_picture_bytes").set(bytes(site.pictures.bytes()));
    site.meters.run_upkeep();
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(site.meters.render())
}

fn count(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}

/// Exact up to 8 PB.
#[expect(clippy::cast_precision_loss, reason = "gauges are f64")]
fn bytes(value: u64) -> f64 {
    value as f64
}
