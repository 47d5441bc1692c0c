//! What is left of a class, whose it is, and that it goes.

use std::{fs, io::Read, time::Duration};

use awc::http::StatusCode;
use base64::Engine as _;
use convocation_classroom::{
    asked::{Asked, Choice},
    command::Command,
    ids::{PictureId, QuestionId},
    question::Answer as Given,
    wire::Farewell,
};
use serde_json::{Value, json};

use crate::{
    client::{Client, host, join, student},
    file::File,
    pictures::{png, send},
    server::{Answer, Opened, Server, answer},
};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// What a student asks in these tests: nothing else on the disk has these words.
const MARKED: &str = "Xylophones or zithers?";

async fn report(server: &Server, code: &str, secret: &str) -> Answer {
    let request = server.get(&format!("/api/classes/{code}/report"));
    answer(
        request
            .insert_header(("convocation-host", secret))
            .send()
            .await
            .unwrap(),
    )
    .await
}

async fn post(server: &Server, class: &Opened, what: &str, body: &Value) -> Answer {
    let request = server.post(&format!("/api/classes/{}/{what}", class.code));
    let request = request.insert_header(("convocation-host", class.host.as_str()));
    answer(request.send_json(body).await.unwrap()).await
}

async fn keep(server: &Server, class: &Opened, kept: bool) {
    let answer = post(server, class, "kept", &json!({ "kept": kept })).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
}

async fn end(teacher: &mut Client) {
    teacher.ask(Command::End).await.unwrap();
    assert_eq!(teacher.goodbye().await, Farewell::Ended);
}

/// A class in which one student asked something and answered a question.
async fn taught(server: &Server) -> (Opened, Client, Client) {
    let class = server.open_class().await;
    let mut teacher = join(server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(server, &class.code, student()).await.unwrap();
    let ask = Command::Ask {
        text: MARKED.to_owned(),
        spot: None,
        step: 0,
    };
    pupil.ask(ask).await.unwrap();
    let question = Asked::Choice(Choice {
        text: "Which one?".to_owned(),
        options: vec!["this".to_owned(), "that".to_owned()],
        right: Some(1),
        why: None,
    });
    teacher
        .ask(Command::OpenQuestion { question })
        .await
        .unwrap();
    let given = Given {
        question: QuestionId(1),
        round: 1,
        choice: 1,
    };
    pupil.ask(Command::Answer(given)).await.unwrap();
    teacher.ask(Command::CloseQuestion).await.unwrap();
    (class, teacher, pupil)
}

#[actix_web::test]
async fn the_host_alone_reads_the_report_during_the_class_and_after_it() {
    let mut server = Server::start();
    let (class, mut teacher, pupil) = taught(&server).await;
    let during = report(&server, &class.code, &class.host).await;
    assert_eq!(during.status, StatusCode::OK);
    assert_eq!(during.header("cache-control"), "no-store");
    let written = during.json();
    assert_eq!(written["goneAt"], Value::Null);
    assert_eq!(written["report"]["students"], 1);
    assert_eq!(written["report"]["asks"][0]["text"], MARKED);
    assert_eq!(
        written["report"]["questions"][0]["rounds"],
        json!([[{ "choice": 1, "count": 1 }]])
    );
    let text = String::from_utf8(during.body).unwrap();
    assert!(!text.contains(&pupil.seat.name), "{text}");

    let token = pupil.token.clone().unwrap();
    for wrong in ["", "wrong", &class.assistant, &token] {
        let refused = report(&server, &class.code, wrong).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (403, "not_host")
        );
    }
    let nowhere = report(&server, "ZZZZZZ", &class.host).await;
    assert_eq!(nowhere.code(), "no_such_class");

    end(&mut teacher).await;
    for restart in [false, true] {
        if restart {
            server.kill();
            server.start_again();
        }
        let after = report(&server, &class.code, &class.host).await.json();
        assert_eq!(after["report"]["ended"], true);
        assert_eq!(after["report"]["questions"], written["report"]["questions"]);
        let opened = after["openedAt"].as_u64().unwrap();
        let gone = Duration::from_millis(after["goneAt"].as_u64().unwrap() - opened);
        assert!(
            (12 * HOUR..13 * HOUR).contains(&gone),
            "gone after {gone:?}"
        );
        let refused = report(&server, &class.code, &class.assistant).await;
        assert_eq!(refused.code(), "not_host");
        // Others hear that it is over, and not what was said.
        let path = format!("/api/classes/{}", class.code);
        let look = answer(server.get(&path).send().await.unwrap()).await;
        assert_eq!(
            (look.status.as_u16(), look.code().as_str()),
            (410, "class_over")
        );
        assert_eq!(
            join(&server, &class.code, student()).await.err(),
            Some(Farewell::Ended)
        );
    }
}

async fn recording(server: &Server, code: &str, secret: &str) -> Answer {
    let request = server.get(&format!("/api/classes/{code}/recording"));
    answer(
        request
            .insert_header(("convocation-host", secret))
            .send()
            .await
            .unwrap(),
    )
    .await
}

#[actix_web::test]
async fn the_host_alone_gets_the_recording_and_it_names_nobody() {
    let mut server = Server::start();
    let (class, mut teacher, pupil) = taught(&server).await;
    let sent = send(&server, png(40, 30)).await.json()["picture"].clone();
    let picture = PictureId(sent.as_str().unwrap().to_owned());
    teacher
        .ask(Command::ChoosePicture { picture })
        .await
        .unwrap();
    let during = recording(&server, &class.code, &class.host).await;
    assert_eq!(during.status, StatusCode::OK);
    assert_eq!(during.header("cache-control"), "no-store");
    assert_eq!(
        during.header("content-disposition"),
        format!("attachment; filename=\"convocation-{}.json\"", class.code)
    );
    let written = during.json();
    assert_eq!(written["kind"], "convocation-recording");
    let network = server.network().await;
    assert_eq!(
        written["networks"],
        json!([{ "id": "tiny-vgg", "digest": network["digest"] }])
    );
    assert_eq!(
        written["questions"][0]["rounds"],
        json!([[{ "choice": 1, "count": 1 }]])
    );
    // The picture that came with the network is not in the file, the one that was sent in is, as it can be sent in again.
    assert_eq!(written["pictures"].as_array().unwrap().len(), 1);
    assert_eq!(written["pictures"][0]["picture"], sent);
    let file = written["pictures"][0]["png"].as_str().unwrap();
    let again = send(&server, base64(file)).await.json();
    assert_eq!(again["picture"], sent);

    let text = String::from_utf8(during.body).unwrap();
    let token = pupil.token.clone().unwrap();
    for secret in [&pupil.seat.name, MARKED, &class.code, &class.host, &token] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    for wrong in ["", "wrong", &class.assistant, &token] {
        let refused = recording(&server, &class.code, wrong).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (403, "not_host")
        );
    }
    let nowhere = recording(&server, "ZZZZZZ", &class.host).await;
    assert_eq!(nowhere.code(), "no_such_class");

    // After the end and a restart the same is there, its picture from the journal; compressed for those who can read it.
    end(&mut teacher).await;
    server.kill();
    server.start_again();
    let request = server.get(&format!("/api/classes/{}/recording", class.code));
    let after = request
        .insert_header(("convocation-host", class.host.as_str()))
        .insert_header(("accept-encoding", "gzip"));
    let after = answer(after.send().await.unwrap()).await;
    assert_eq!(after.header("content-encoding"), "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&after.body[..])
        .read_to_string(&mut text)
        .unwrap();
    let after: Value = serde_json::from_str(&text).unwrap();
    for part in ["openedAt", "networks", "questions", "moments", "pictures"] {
        assert_eq!(after[part], written[part], "{part}");
    }

    let deleted = post(&server, &class, "deletion", &json!({})).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let gone = recording(&server, &class.code, &class.host).await;
    assert_eq!(gone.code(), "no_such_class");
}

fn base64(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap()
}

#[actix_web::test]
async fn a_recording_goes_in_time_unless_the_host_keeps_it() {
    let mut server = Server::with(&["--retention-hours", "2"]);
    let mut classes = Vec::new();
    for kept in [false, true, false] {
        let (class, mut teacher, _) = taught(&server).await;
        if kept {
            keep(&server, &class, true).await;
        }
        end(&mut teacher).await;
        classes.push(class);
    }
    // What was kept is not any more, and the other way round: also after the class, and as often as the host likes.
    keep(&server, &classes[2], true).await;
    keep(&server, &classes[2], true).await;
    keep(&server, &classes[2], false).await;
    let kept = report(&server, &classes[1].code, &classes[1].host).await;
    assert_eq!(kept.json()["report"]["kept"], true);
    assert_eq!(kept.json()["goneAt"], Value::Null);
    server.kill();
    let file = File::open(server.data.path());
    let keys: Vec<_> = classes.iter().map(|class| file.key(&class.code)).collect();
    file.was_opened(&keys[0], 3 * HOUR);
    file.was_opened(&keys[1], 3 * HOUR);
    file.was_opened(&keys[2], HOUR);
    drop(file);

    server.start_again();
    let mut codes = Vec::new();
    for class in &classes {
        codes.push(
            report(&server, &class.code, &class.host)
                .await
                .status
                .as_u16(),
        );
    }
    assert_eq!(codes, [404, 200, 200]);
    server.kill();
    let file = File::open(server.data.path());
    assert_eq!(file.rows(&keys[0]), [0, 0, 0]);
    assert_eq!(file.rows(&keys[1])[0], 1);
    assert_eq!(file.rows(&keys[2])[0], 1);
}

#[actix_web::test]
async fn deleting_everything_tells_everyone_and_leaves_nothing_on_the_disk() {
    let mut server = Server::start();
    let (class, mut teacher, mut pupil) = taught(&server).await;
    let picture = send(&server, png(40, 30)).await.json()["picture"].clone();
    let picture = PictureId(picture.as_str().unwrap().to_owned());
    teacher
        .ask(Command::ChoosePicture { picture })
        .await
        .unwrap();
    assert!(is_on_disk(&server, MARKED), "the search finds nothing");
    let deleted = post(&server, &class, "deletion", &json!({})).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert!(!is_on_disk(&server, MARKED), "the words are still there");
    assert!(
        !is_on_disk(&server, &class.code),
        "the class is still there"
    );
    assert_eq!(teacher.goodbye().await, Farewell::Deleted);
    assert_eq!(pupil.goodbye().await, Farewell::Deleted);
    let gone = report(&server, &class.code, &class.host).await;
    assert_eq!(gone.code(), "no_such_class");

    // The same after the end, and nobody else can.
    let (class, mut teacher, _) = taught(&server).await;
    end(&mut teacher).await;
    let other = Opened {
        code: class.code.clone(),
        host: class.assistant.clone(),
        assistant: String::new(),
    };
    for what in ["deletion", "kept"] {
        let refused = post(&server, &other, what, &json!({ "kept": true })).await;
        assert_eq!(refused.code(), "not_host");
    }
    assert!(is_on_disk(&server, MARKED));
    let deleted = post(&server, &class, "deletion", &json!({})).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert!(!is_on_disk(&server, MARKED));
    server.kill();
    server.start_again();
    assert_eq!(
        join(&server, &class.code, host(&class)).await.err(),
        Some(Farewell::NoSuchClass)
    );
}

/// Whether any file of the server has these words.
fn is_on_disk(server: &Server, words: &str) -> bool {
    let mut files = fs::read_dir(server.data.path()).unwrap();
    files.any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    })
}
