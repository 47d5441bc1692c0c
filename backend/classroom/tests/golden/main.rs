//! Messages of every kind as they cross the socket, in the folder `tests/golden` of the project: what both ends are checked
//! against. Written with `UPDATE_GOLDEN=1`, otherwise compared; the browser's side is in `frontend/src/protocol`.

mod recording;
mod robustness;
mod samples;

use std::{env, fs, path::Path};

use convocation_classroom::{
    asked::Asked,
    command::Command,
    json::{FromJson, ToJson},
    pointer::{Part, Thing},
    question::{Phase, Task},
    rejection::Rejection,
    stage::{Focus, Playback},
    topics::TopicValue,
    wire::{ClientMessage, Credential, Farewell, ServerMessage},
};
use serde::Serialize;
use serde_json::Value;
use ts_rs::{Config, TS};

/// Compares one file of messages with `expected`, both ways.
fn check<M: Serialize + FromJson + PartialEq + std::fmt::Debug>(file: &str, expected: &[M]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/golden")
        .join(file);
    let encoded = serde_json::to_string_pretty(expected).expect("messages are plain data") + "\n";
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &encoded).expect("the folder of golden messages is there");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        golden, encoded,
        "{file}: a changed message needs a new PROTOCOL, then UPDATE_GOLDEN=1"
    );
    let decoded: Vec<M> = serde_json::from_str::<Vec<Value>>(&golden)
        .expect("a file of messages is a list")
        .iter()
        .map(|message| M::from_json(message.to_string().as_bytes()))
        .collect::<Result<_, _>>()
        .expect("golden messages decode");
    assert_eq!(decoded, expected, "{file}");
}

/// The names of the variants of a tagged enum (`tag` given) or of a plain one, read from its TypeScript declaration.
fn variants<T: TS>(tag: Option<&str>) -> Vec<String> {
    let declaration = T::decl(&Config::new());
    let before = tag.map_or("\"".to_owned(), |tag| format!("\"{tag}\": \""));
    let step = if tag.is_some() { 1 } else { 2 };
    let parts = declaration.split(&before).skip(1).step_by(step);
    parts
        .map(|part| part.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

/// All samples as one text.
fn text<M: ToJson>(samples: &[M]) -> String {
    let texts = samples.iter().map(|sample| sample.to_json());
    texts
        .collect::<Result<_, _>>()
        .expect("messages are plain data")
}

/// Every variant occurs in the text of some sample.
fn assert_covered<T: TS>(tag: Option<&str>, text: &str) {
    let names = variants::<T>(tag);
    assert!(names.len() > 1, "no variants found");
    for name in names {
        let occurrence = tag.map_or(format!("\"{name}\""), |tag| format!("\"{tag}\":\"{name}\""));
        assert!(
            text.contains(&occurrence),
            "no golden message has {occurrence}"
        );
    }
}

#[test]
fn messages_from_browsers_are_as_agreed() {
    check("client-hello.json", &samples::hellos());
    check("client-command.json", &samples::commands());
    check("client-rest.json", &samples::rest_of_client());
}

#[test]
fn messages_to_browsers_are_as_agreed() {
    check("server-welcome.json", &samples::welcomes());
    check("server-frame.json", &samples::frames());
    check("server-rejected.json", &samples::rejections());
    check("server-bye.json", &samples::byes());
    check("server-rest.json", &samples::rest_of_server());
}

#[test]
fn recordings_are_written_as_agreed() {
    let recording = recording::recording();
    assert!(
        recording::kinds(&recording).iter().all(|count| *count > 0),
        "a kind of moment is missing"
    );
    check("recording.json", &[recording]);
}

#[test]
fn golden_messages_cover_every_variant() {
    let hellos = text(&samples::hellos());
    let commands = text(&samples::commands());
    let rest = text(&samples::rest_of_client());
    let client = [&hellos, &commands, &rest].map(String::as_str).concat();
    assert_covered::<ClientMessage>(Some("type"), &client);
    assert_covered::<Command>(Some("type"), &commands);
    assert_covered::<Focus>(Some("kind"), &commands);
    assert_covered::<Asked>(Some("kind"), &commands);
    assert_covered::<Credential>(Some("kind"), &hellos);
    let frames = text(&samples::frames());
    let rejections = text(&samples::rejections());
    let byes = text(&samples::byes());
    let rest = text(&samples::welcomes()) + &text(&samples::rest_of_server());
    let server = [&frames, &rejections, &byes, &rest]
        .map(String::as_str)
        .concat();
    assert_covered::<ServerMessage>(Some("type"), &server);
    assert_covered::<TopicValue>(Some("topic"), &frames);
    assert_covered::<Focus>(Some("kind"), &frames);
    assert_covered::<Task>(Some("kind"), &frames);
    assert_covered::<Phase>(None, &frames);
    assert_covered::<Playback>(Some("kind"), &frames);
    assert_covered::<Thing>(Some("kind"), &frames);
    assert_covered::<Part>(None, &frames);
    assert_covered::<Rejection>(None, &rejections);
    assert_covered::<Farewell>(None, &byes);
}
