//! Networks with an edited kernel over HTTP.

use std::collections::BTreeSet;

use awc::http::StatusCode;
use convocation_classroom::edit::{EDITED_MOST, KernelEdit, KernelWeights};
use futures_util::future::join_all;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::server::{Answer, Server, answer};

/// Rows and columns of the kernels of the network that comes with the server, and channels of its input.
const KERNEL: usize = 3;
const CHANNELS: u32 = 3;

/// The network with one picture.
struct Subject {
    server: Server,
    description: Value,
    digest: String,
    picture: String,
}

impl Subject {
    async fn with(flags: &[&str]) -> Self {
        let server = Server::with(flags);
        let description = server.network().await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            digest: text(&description["digest"]),
            picture: text(&description["gallery"][0]["picture"]),
            description,
            server,
        }
    }

    fn tensor(&self, rest: &str) -> String {
        format!("/api/tensors/{}/{}/{rest}", self.digest, self.picture)
    }

    async fn get(&self, path: &str, edit: &KernelEdit) -> Answer {
        let path = format!("{path}{}", query(edit));
        answer(self.server.get(&path).send().await.unwrap()).await
    }

    async fn plain(&self, path: &str) -> Answer {
        answer(self.server.get(path).send().await.unwrap()).await
    }

    fn map(&self, layer: usize) -> [usize; 2] {
        let size = |axis: usize| {
            let size = self.description["layers"][layer]["shape"][axis].as_u64();
            usize::try_from(size.unwrap()).unwrap()
        };
        [size(1), size(2)]
    }
}

fn query(edit: &KernelEdit) -> String {
    let json = serde_json::to_string(edit).unwrap();
    let pairs = form_urlencoded::Serializer::new(String::new())
        .append_pair("edit", &json)
        .finish();
    format!("?{pairs}")
}

fn floats(answer: &Answer) -> Vec<f32> {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer
        .body
        .chunks_exact(4)
        .map(|chunk| f32::from_le_bytes(chunk.try_into().unwrap()))
        .collect()
}

/// Unit 3 of the first convolution, with all weights 0 but one in the middle of one channel's kernel.
fn middle(channel: u32, weight: i32, bias: i32) -> KernelEdit {
    let kernel = |input| KernelWeights {
        input,
        weights: (0..KERNEL * KERNEL)
            .map(|cell| {
                if input == channel && cell == 4 {
                    weight
                } else {
                    0
                }
            })
            .collect(),
    };
    KernelEdit {
        layer: "conv_1_1".into(),
        unit: 3,
        kernels: (0..CHANNELS).map(kernel).collect(),
        bias: Some(bias),
    }
}

#[actix_web::test]
async fn an_edited_unit_is_what_its_kernel_says_and_the_others_are_as_before() {
    let subject = Subject::with(&[]).await;
    let edit = middle(1, -2000, 250);
    let layer = subject.tensor("conv_1_1");
    let (plain, edited) = (
        floats(&subject.plain(&layer).await),
        floats(&subject.get(&layer, &edit).await),
    );
    let [rows, columns] = subject.map(1);
    let unit = rows * columns;
    let input = floats(&subject.plain(&subject.tensor("input/1")).await);
    let [_, width] = subject.map(0);
    for (place, (found, original)) in edited.iter().zip(&plain).enumerate() {
        let cell = place % unit;
        let expected = if place / unit == 3 {
            // The middle of the kernel lies one cell in.
            0.25 - 2.0 * input[(cell / columns + 1) * width + cell % columns + 1]
        } else {
            *original
        };
        assert!(
            (found - expected).abs() < 1e-5,
            "{place}: {found}, {expected}"
        );
    }
    let one = floats(&subject.get(&subject.tensor("conv_1_1/3"), &edit).await);
    assert_eq!(one, edited[3 * unit..4 * unit]);
    let output = subject.description["output"].as_str().unwrap().to_owned();
    let (scores, before) = (
        floats(&subject.get(&subject.tensor(&output), &edit).await),
        floats(&subject.plain(&subject.tensor(&output)).await),
    );
    assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-4);
    assert!(
        scores
            .iter()
            .zip(&before)
            .any(|(a, b)| (a - b).abs() > 1e-4)
    );
    // Weights say what was computed with.
    let path = format!("/api/weights/{}/conv_1_1", subject.digest);
    let (weights, learned) = (
        floats(&subject.get(&path, &edit).await),
        floats(&subject.plain(&path).await),
    );
    let size = KERNEL * KERNEL * CHANNELS as usize;
    assert_eq!(weights[3 * size + 9 + 4], -2.0);
    assert_eq!(weights[weights.len() - 10 + 3], 0.25);
    assert_eq!(weights[..3 * size], learned[..3 * size]);
}

#[actix_web::test]
async fn edited_blobs_are_immutable_and_never_those_of_the_network() {
    let subject = Subject::with(&[]).await;
    let size = |size| {
        format!(
            "/api/overviews/{}/{}/{size}",
            subject.digest, subject.picture
        )
    };
    for path in [size("phone"), size("full"), subject.tensor("conv_1_2")] {
        let plain = subject.plain(&path).await;
        let edits = [middle(0, 1000, 0), middle(0, 1001, 0), middle(0, 1000, 1)];
        let mut tags: BTreeSet<String> = [plain.header("etag").to_owned()].into();
        for edit in &edits {
            let edited = subject.get(&path, edit).await;
            assert_eq!(
                edited.header("cache-control"),
                "public, max-age=31536000, immutable"
            );
            assert_ne!(edited.body, plain.body, "{path}");
            assert!(tags.insert(edited.header("etag").to_owned()), "{path}");
            let known = subject
                .server
                .get(&format!("{path}{}", query(edit)))
                .insert_header(("If-None-Match", edited.header("etag")));
            assert_eq!(
                known.send().await.unwrap().status(),
                StatusCode::NOT_MODIFIED
            );
        }
        assert_eq!(subject.plain(&path).await.body, plain.body, "{path}");
    }
}

#[actix_web::test]
async fn an_edit_that_does_not_fit_is_refused_with_a_reason() {
    let subject = Subject::with(&[]).await;
    let good = serde_json::to_value(middle(0, 1000, 0)).unwrap();
    let cases: [(&str, Value, u16, &str); 11] = [
        ("", json!("nonsense"), 400, "bad_request"),
        ("/unit", json!(-1), 400, "bad_request"),
        ("/kernels/0/weights/0", json!(0.5), 400, "bad_request"),
        ("/layer", json!("none"), 422, "edit_layer_unknown"),
        ("/layer", json!("relu_1_1"), 422, "edit_not_a_convolution"),
        ("/unit", json!(10), 422, "edit_unit_unknown"),
        ("/kernels/2/input", json!(3), 422, "edit_input_not_read"),
        ("/kernels/1/input", json!(0), 422, "edit_unsound"),
        ("/bias", json!(EDITED_MOST + 1), 422, "edit_unsound"),
        (
            "/kernels",
            json!([{"input": 0, "weights": [1, 2, 3, 4]}]),
            422,
            "edit_kernel_size",
        ),
        (
            "/kernels",
            json!([{"input": 0, "weights": vec![1; 513]}]),
            422,
            "edit_unsound",
        ),
    ];
    let path = subject.tensor("conv_1_1/0");
    for (place, value, status, code) in cases {
        let mut edit = good.clone();
        *edit.pointer_mut(place).unwrap() = value;
        let pairs = form_urlencoded::Serializer::new(String::new())
            .append_pair("edit", &edit.to_string())
            .finish();
        let refused = subject.plain(&format!("{path}?{pairs}")).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (status, code),
            "{place} {edit}"
        );
        assert!(refused.json()["message"].as_str().unwrap().len() > 10);
    }
}

#[actix_web::test]
async fn one_connection_makes_a_bounded_number_of_changes() {
    let subject = Subject::with(&[]).await;
    // awc keeps its connection between requests of one client.
    let client = awc::Client::new();
    let path = subject.tensor("conv_1_1/3");
    let ask = |weight| {
        let query = query(&middle(0, weight, 0));
        // Who knows every answer already makes nothing be computed: the test is as fast as it can be.
        let request = client
            .get(format!("{}{path}{query}", subject.server.url))
            .insert_header(("If-None-Match", "*"));
        async move { answer(request.send().await.unwrap()).await }
    };
    for _ in 0..100 {
        assert_eq!(ask(0).await.status, StatusCode::NOT_MODIFIED);
    }
    let mut refused = None;
    for weight in 1..200 {
        let answer = ask(weight).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED);
    }
    let refused = refused.expect("200 at once are too many");
    assert_eq!(
        (refused.code().as_str(), refused.header("retry-after")),
        ("too_many_requests", "1")
    );
    // Others are not held up.
    assert_eq!(
        subject.get(&path, &middle(1, 5, 0)).await.status,
        StatusCode::OK
    );
}

#[actix_web::test]
async fn edits_in_any_number_refuse_no_one_who_looks_at_the_network() {
    // One thread and a queue of one: whatever an edit took from the others would show as a refusal.
    let subject = Subject::with(&[
        "--inference-threads",
        "1",
        "--inference-queue",
        "1",
        "--activation-bytes",
        "1048576",
    ])
    .await;
    let pictures = subject.description["gallery"].as_array().unwrap();
    let others = async {
        for picture in pictures {
            let picture = picture["picture"].as_str().unwrap();
            let path = format!("/api/tensors/{}/{picture}/conv_1_1", subject.digest);
            assert_eq!(subject.plain(&path).await.status, StatusCode::OK);
        }
    };
    let path = subject.tensor("conv_1_1/3");
    let edits = async {
        let asks = (0..200).map(|weight| {
            let (path, subject) = (&path, &subject);
            async move { subject.get(path, &middle(2, weight, 0)).await }
        });
        join_all(asks).await
    };
    let ((), edits) = futures_util::future::join(others, edits).await;
    let count = |status| edits.iter().filter(|edit| edit.status == status).count();
    let (done, busy) = (
        count(StatusCode::OK),
        count(StatusCode::SERVICE_UNAVAILABLE),
    );
    assert_eq!(done + busy, edits.len());
    assert!(
        busy > 0,
        "200 at once are more than the queue of edits takes"
    );
    for edit in &edits {
        if edit.status == StatusCode::SERVICE_UNAVAILABLE {
            assert_eq!(
                (edit.code().as_str(), edit.header("retry-after")),
                ("busy", "1")
            );
        }
    }
    let metrics = String::from_utf8(subject.plain("/metrics").await.body).unwrap();
    let meter = |name: &str| {
        let line = metrics.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit(' ').next().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(meter("convocation_inference_refused_total "), 0);
    assert_eq!(meter("convocation_edit_refused_total "), busy);
    assert_eq!(meter("convocation_edit_runs_total "), done);
    assert_eq!(meter("convocation_inference_runs_total "), pictures.len());
}
