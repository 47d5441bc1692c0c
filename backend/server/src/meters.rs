//! Meters: what an operator sees at `/metrics`. Names carry their unit; nothing here tells one person from another.

use std::{
    sync::LazyLock,
    time::{SystemTime, UNIX_EPOCH},
};

use metrics::{
    Counter, Gauge, Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge,
};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

/// Upper bounds in seconds for how long activations take: 0.2 ms is a small network, 5 s a large one behind a full queue.
const LATENCY_BUCKETS_S: [f64; 14] = [
    0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
];

/// Histogram of the time from asking for activations to having them.
pub const ACTIVATIONS_S: &str = "convocation_activations_seconds";

/// Histogram of the time that a network ran on a picture.
pub const INFERENCE_S: &str = "convocation_inference_seconds";

/// Histogram of the time that a network with an edited kernel ran on a picture.
pub const EDITED_INFERENCE_S: &str = "convocation_edited_inference_seconds";

/// Counter of entries that the journal did not take.
pub const JOURNAL_FAILURES: &str = "convocation_journal_failures_total";

/// Counters of what went out over WebSockets.
const FRAMES_SENT: &str = "convocation_frames_sent_total";
const SENT_BYTES: &str = "convocation_sent_bytes_total";

/// The version of this server.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Starts metering for the whole process.
///
/// # Errors
/// It was started before.
pub fn start() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&LATENCY_BUCKETS_S)?
        .install_recorder()?;
    describe();
    describe_edits();
    begin();
    Ok(handle)
}

/// What is there before anything happens.
fn begin() {
    for at_rest in [
        "convocation_classes",
        "convocation_seats",
        "convocation_sockets",
    ] {
        gauge!(at_rest).set(0.0);
    }
    // What has not happened yet is 0: a counter that appears with its first event hides that event from `rate`.
    for not_yet in [
        JOURNAL_FAILURES,
        FRAMES_SENT,
        SENT_BYTES,
        "convocation_blob_requests_total",
        "convocation_blob_misses_total",
    ] {
        counter!(not_yet).absolute(0);
    }
    gauge!("convocation_build_info", "version" => VERSION).set(1.0);
    let since_1970 = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    gauge!("convocation_start_time_seconds").set(since_1970.as_secs_f64());
}

fn describe() {
    describe_gauge!(
        "convocation_build_info",
        "Always 1; its label is the version"
    );
    describe_gauge!(
        "convocation_start_time_seconds",
        Unit::Seconds,
        "When the server started, in seconds since 1970"
    );
    describe_counter!(JOURNAL_FAILURES, "Entries that the journal did not take");
    describe_gauge!("convocation_classes", "Running classes");
    describe_gauge!("convocation_seats", "Seats of all running classes");
    describe_gauge!("convocation_sockets", "Open WebSockets");
    describe_counter!(
        "convocation_frames_encoded_total",
        "Topic values that were encoded"
    );
    describe_counter!(FRAMES_SENT, "WebSocket frames sent");
    describe_counter!(SENT_BYTES, Unit::Bytes, "Bytes sent over WebSockets");
    describe_counter!(
        "convocation_rejections_total",
        "Commands that the rules refused, by reason"
    );
    describe_counter!(
        "convocation_farewells_total",
        "Connections that the server closed, by reason"
    );
    describe_counter!(
        "convocation_refusals_total",
        "HTTP requests that were refused, by code"
    );
    describe_counter!(
        "convocation_blob_requests_total",
        "Requests for immutable blobs"
    );
    describe_counter!(
        "convocation_blob_misses_total",
        "Blobs that had to be produced"
    );
    describe_gauge!(
        "convocation_blob_bytes",
        Unit::Bytes,
        "Memory for compressed blobs"
    );
    describe_gauge!(
        "convocation_picture_bytes",
        Unit::Bytes,
        "Memory for pictures that were sent in"
    );
    describe_gauge!(
        "convocation_inference_queued",
        "Pictures that wait for an inference thread"
    );
    describe_gauge!("convocation_inference_running", "Inference threads at work");
    describe_counter!("convocation_inference_runs_total", "Runs of a network");
    describe_counter!(
        "convocation_inference_failures_total",
        "Runs of a network that failed"
    );
    describe_counter!(
        "convocation_inference_refused_total",
        "Requests refused because the queue was full"
    );
    describe_counter!(
        "convocation_activation_hits_total",
        "Activations that were at hand"
    );
    describe_counter!(
        "convocation_activation_misses_total",
        "Activations that had to be computed"
    );
    describe_gauge!(
        "convocation_activation_bytes",
        Unit::Bytes,
        "Memory for activations"
    );
    describe_histogram!(
        INFERENCE_S,
        Unit::Seconds,
        "Time that a network ran on a picture, preprocessing included"
    );
    describe_histogram!(
        ACTIVATIONS_S,
        Unit::Seconds,
        "Time from asking for activations to having them"
    );
}

fn describe_edits() {
    describe_gauge!(
        "convocation_edit_queued",
        "Edited kernels that wait for an inference thread"
    );
    describe_counter!(
        "convocation_edit_runs_total",
        "Runs of a network with an edited kernel"
    );
    describe_counter!(
        "convocation_edit_failures_total",
        "Runs of a network with an edited kernel that failed"
    );
    describe_counter!(
        "convocation_edit_refused_total",
        "Edited kernels refused because their queue was full"
    );
    describe_counter!(
        "convocation_edit_hits_total",
        "Activations for edited kernels that were at hand"
    );
    describe_counter!(
        "convocation_edit_misses_total",
        "Activations for edited kernels that had to be computed"
    );
    describe_gauge!(
        "convocation_edit_activation_bytes",
        Unit::Bytes,
        "Memory for activations with edited kernels"
    );
    describe_gauge!(
        "convocation_edit_blob_bytes",
        Unit::Bytes,
        "Memory for compressed blobs with edited kernels"
    );
    describe_histogram!(
        EDITED_INFERENCE_S,
        Unit::Seconds,
        "Time that a network with an edited kernel ran on a picture, preprocessing included"
    );
}

/// Counts a WebSocket frame that is sent.
pub fn sent(bytes: usize) {
    // Looking a counter up costs more than counting: once for the process is enough.
    static SENT: LazyLock<(Counter, Counter)> =
        LazyLock::new(|| (counter!(FRAMES_SENT), counter!(SENT_BYTES)));
    SENT.0.increment(1);
    SENT.1.increment(bytes as u64);
}

/// Things that are there now; they leave the gauge when this is dropped.
pub struct Counted {
    gauge: Gauge,
    amount: u32,
}

impl Counted {
    /// One socket.
    #[must_use]
    pub fn socket() -> Self {
        Self::new(gauge!("convocation_sockets"), 1)
    }

    /// One class.
    #[must_use]
    pub fn class() -> Self {
        Self::new(gauge!("convocation_classes"), 1)
    }

    /// The seats of a class.
    #[must_use]
    pub fn seats(amount: usize) -> Self {
        Self::new(
            gauge!("convocation_seats"),
            u32::try_from(amount).unwrap_or(u32::MAX),
        )
    }

    fn new(gauge: Gauge, amount: u32) -> Self {
        gauge.increment(f64::from(amount));
        Self { gauge, amount }
    }

    /// There are now so many.
    pub fn set(&mut self, amount: usize) {
        let amount = u32::try_from(amount).unwrap_or(u32::MAX);
        self.gauge
            .increment(f64::from(amount) - f64::from(self.amount));
        self.amount = amount;
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.gauge.decrement(f64::from(self.amount));
    }
}
