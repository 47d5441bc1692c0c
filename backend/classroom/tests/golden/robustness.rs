//! What comes from a socket may be anything.

use convocation_classroom::{
    command::Command,
    json::FromJson,
    topics::Versions,
    wire::{ClientMessage, Credential},
};

fn decode(text: &str) -> Option<ClientMessage> {
    ClientMessage::from_json(text.as_bytes()).ok()
}

fn check(text: &str, is_message: bool) {
    assert_eq!(decode(text).is_some(), is_message, "{text}");
}

#[test]
fn what_a_newer_client_adds_is_ignored() {
    let text = r#"{"type":"command","id":1,"sent":5,"command":{"type":"step","step":2,"why":{"deep":[1]}}}"#;
    let expected = ClientMessage::Command {
        id: 1,
        command: Command::Step { step: 2 },
    };
    assert_eq!(decode(text), Some(expected));
}

#[test]
fn versions_a_client_does_not_have_are_0() {
    let text = r#"{"type":"hello","protocol":1,"credential":{"kind":"new","role":"student"},"mode":null,"have":{}}"#;
    assert!(matches!(
        decode(text),
        Some(ClientMessage::Hello { credential: Credential::New { .. }, have, .. }) if have == Versions::default()
    ));
}

#[test]
fn what_is_not_a_message_is_refused() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "{\"type\":\"ping\"",
        r#"{"type":"ping"}"#,
        r#"{"type":"nonsense","sent":1}"#,
        r#"{"type":"Ping","sent":1}"#,
        r#"{"type":null,"sent":1}"#,
        r#"{"type":"command","id":1,"command":{"type":"nonsense"}}"#,
        r#"{"type":"command","id":1,"command":{"type":"focus","focus":{"kind":"nonsense"}}}"#,
        r#"{"type":"command","id":1,"command":{"type":"setDetail","detail":1}}"#,
        r#"{"type":"command","id":1,"command":{"type":"setScale","scale":"universe"}}"#,
    ] {
        check(text, false);
    }
}

#[test]
fn integers_have_32_bits_and_no_sign_or_fraction() {
    for (number, is_message) in [
        ("0", true),
        ("4294967295", true),
        ("4294967296", false),
        ("-1", false),
        ("1.5", false),
        ("1.0", false),
        ("1e3", false),
        ("\"1\"", false),
        ("null", false),
    ] {
        check(&format!(r#"{{"type":"ping","sent":{number}}}"#), is_message);
        check(
            &format!(r#"{{"type":"command","id":1,"command":{{"type":"step","step":{number}}}}}"#),
            is_message,
        );
    }
}

#[test]
fn nesting_does_not_exhaust_the_stack() {
    let deep = format!(
        r#"{{"type":"ping","sent":1,"deep":{}{}}}"#,
        "[".repeat(8000),
        "]".repeat(8000)
    );
    check(&deep, false);
}

#[test]
fn text_may_be_any_unicode() {
    let text = r#"{"type":"command","id":1,"command":{"type":"rename","seat":0,"name":"\u0000\ud83e\udde0"}}"#;
    check(text, true);
    check(&text.replace("\\udde0", ""), false);
}
