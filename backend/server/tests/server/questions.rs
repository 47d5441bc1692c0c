//! Questions in a class as everyone hears them, and asked alone.

use awc::http::StatusCode;
use convocation_classroom::{
    asked::{Asked, Choice, Wording},
    command::Command,
    ids::{LayerId, QuestionId},
    question::{Answer, Count, Outcome, Phase, Question, Task},
    rejection::Rejection,
    stage::{Focus, Playback, Stage},
    topics::Versions,
};
use serde_json::{Value, json};

use crate::{
    client::{Client, assistant, focus, host, join, join_having, student, token},
    server::{Opened, Server, answer},
};

const WHY: &str = "Because the walls have ears.";

fn unit(layer: &str) -> Command {
    Command::Focus {
        focus: Focus::Unit {
            layer: LayerId::from(layer),
            unit: 3,
        },
    }
}

fn sign() -> Asked {
    Asked::Sign(Wording {
        text: None,
        why: Some(WHY.to_owned()),
    })
}

fn open(question: Asked) -> Command {
    Command::OpenQuestion { question }
}

fn answering(round: u32, choice: u32) -> Command {
    Command::Answer(Answer {
        question: QuestionId(1),
        round,
        choice,
    })
}

fn outcome(question: Option<&Question>) -> &Outcome {
    question
        .and_then(|question| question.outcome.as_ref())
        .unwrap()
}

impl Client {
    async fn until_question(&mut self, what: &str, is_so: impl Fn(&Question) -> bool) {
        self.until(what, |client| client.question.as_ref().is_some_and(&is_so))
            .await;
    }

    /// Whether anything that was ever heard contains what only a reveal may tell.
    fn knows_the_outcome(&self) -> bool {
        let secrets = [WHY, "\"key\"", "\"rounds\"", "\"count\""];
        let mut heard = self.heard.iter();
        heard.any(|text| secrets.iter().any(|secret| text.contains(secret)))
    }
}

/// The host at unit 3 of the first convolution, step 61.
async fn lecture(server: &Server) -> (Opened, Client) {
    let class = server.open_class().await;
    let mut teacher = join(server, &class.code, host(&class)).await.unwrap();
    teacher.ask(unit("conv_1_1")).await.unwrap();
    teacher.ask(Command::Step { step: 61 }).await.unwrap();
    (class, teacher)
}

#[actix_web::test]
async fn a_question_from_the_first_answer_to_the_reveal() {
    let server = Server::start();
    let (class, mut teacher) = lecture(&server).await;
    let mut helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    let mut ada = join(&server, &class.code, student()).await.unwrap();
    let mut bo = join(&server, &class.code, student()).await.unwrap();

    teacher.ask(open(sign())).await.unwrap();
    ada.until_question("open", |question| question.phase == Phase::Open)
        .await;
    // Twice the same, then another one: one answer counts.
    for choice in [2, 2, 0] {
        ada.ask(answering(1, choice)).await.unwrap();
    }
    bo.ask(answering(1, 1)).await.unwrap();
    assert_eq!(bo.ask(answering(1, 3)).await, Err(Rejection::UnknownAnswer));
    teacher
        .until_question("both answers", |question| question.answered == 2)
        .await;
    assert!(outcome(teacher.question.as_ref()).rounds.is_empty());

    // The stage waits; what does not move it goes on.
    for command in [
        focus("conv_1_2"),
        Command::Step { step: 62 },
        Command::Play { from: 61, rate: 4 },
        open(sign()),
    ] {
        assert_eq!(teacher.ask(command).await, Err(Rejection::QuestionOpen));
    }
    teacher
        .ask(Command::SetDetail { detail: true })
        .await
        .unwrap();

    // Whoever comes in the middle may answer, too.
    let mut late = join(&server, &class.code, student()).await.unwrap();
    late.until_question("open", |question| question.phase == Phase::Open)
        .await;
    late.ask(answering(1, 0)).await.unwrap();
    teacher.ask(Command::CloseQuestion).await.unwrap();
    let too_late = bo.ask(answering(1, 0)).await;
    assert_eq!(too_late, Err(Rejection::NoQuestion));

    let count = |choice, count| Count { choice, count };
    let first = vec![count(0, 2), count(1, 1)];
    teacher
        .until_question("closed", |question| question.phase == Phase::Closed)
        .await;
    assert_eq!(
        outcome(teacher.question.as_ref()).rounds,
        std::slice::from_ref(&first)
    );
    helper
        .until_question("closed", |question| question.phase == Phase::Closed)
        .await;
    assert_eq!(helper.question, teacher.question);

    teacher.ask(Command::VoteAgain).await.unwrap();
    bo.until_question("the second round", |question| question.round == 2)
        .await;
    bo.ask(answering(2, 0)).await.unwrap();
    teacher.ask(Command::CloseQuestion).await.unwrap();
    for pupil in [&mut ada, &mut bo, &mut late] {
        let is_over = |question: &Question| question.round == 2 && question.phase == Phase::Closed;
        pupil
            .until_question("the end of both rounds", is_over)
            .await;
        assert!(!pupil.knows_the_outcome());
    }
    teacher.ask(Command::Reveal).await.unwrap();
    for client in [&mut ada, &mut bo, &mut late, &mut teacher, &mut helper] {
        client
            .until_question("the reveal", |question| question.phase == Phase::Revealed)
            .await;
        let outcome = outcome(client.question.as_ref());
        assert_eq!(outcome.rounds, [first.clone(), vec![count(0, 1)]]);
        assert_eq!(outcome.why.as_deref(), Some(WHY));
        assert!(client.knows_the_outcome());
    }
    teacher.ask(Command::DismissQuestion).await.unwrap();
    ada.until("no question", |client| client.question.is_none())
        .await;
}

#[actix_web::test]
async fn an_open_question_survives_reload_and_kill_9() {
    let mut server = Server::start();
    let (class, mut teacher) = lecture(&server).await;
    let mut ada = join(&server, &class.code, student()).await.unwrap();
    teacher.ask(open(sign())).await.unwrap();
    ada.until_question("open", |_| true).await;
    ada.ask(answering(1, 2)).await.unwrap();
    let secret = ada.token.clone().unwrap();
    let given = [Answer {
        question: QuestionId(1),
        round: 1,
        choice: 2,
    }];

    // Reload: the same question, the own answer, once.
    let mut ada = join(&server, &class.code, token(&secret)).await.unwrap();
    ada.until_question("open", |question| question.answered == 1)
        .await;
    assert_eq!(ada.seat.answers, given);
    let before = (ada.question.clone(), ada.seen);

    server.kill();
    server.start_again();

    let mut ada = join(&server, &class.code, token(&secret)).await.unwrap();
    ada.until_question("open again", |_| true).await;
    assert_eq!(
        (ada.question.clone(), ada.seen.question),
        (before.0, before.1.question)
    );
    assert_eq!(ada.seat.answers, given);
    ada.ask(answering(1, 0)).await.unwrap();
    let mut teacher = join_having(&server, &class.code, host(&class), Versions::default())
        .await
        .unwrap();
    assert_eq!(
        teacher.ask(focus("conv_1_2")).await,
        Err(Rejection::QuestionOpen)
    );
    teacher.ask(Command::CloseQuestion).await.unwrap();
    teacher
        .until_question("closed", |question| question.phase == Phase::Closed)
        .await;
    let counts = [Count {
        choice: 0,
        count: 1,
    }];
    assert_eq!(outcome(teacher.question.as_ref()).rounds, [counts]);
    assert!(!ada.knows_the_outcome());
}

#[actix_web::test]
async fn what_is_asked_stops_the_kernel_and_has_its_key_from_the_tensor() {
    let server = Server::start();
    let (_, mut teacher) = lecture(&server).await;
    teacher
        .ask(Command::Play { from: 61, rate: 1 })
        .await
        .unwrap();
    teacher
        .ask(open(Asked::Value(Wording::default())))
        .await
        .unwrap();
    teacher.until_question("open", |_| true).await;
    let is_paused = |stage: &Stage| matches!(stage.playback, Playback::Paused { .. });
    let stage = teacher.until_stage("the pause", is_paused).await;
    let Playback::Paused { step } = stage.playback else {
        unreachable!();
    };
    let question = teacher.question.clone().unwrap();
    let Task::Value { cell, numbers } = &question.task else {
        panic!("not what was asked: {question:?}");
    };
    assert_eq!((cell.unit, cell.step), (3, step + 1));
    let network = server.network().await;
    let path = format!(
        "/api/tensors/{}/{}/conv_1_1/3",
        network["digest"].as_str().unwrap(),
        stage.picture
    );
    let map = answer(server.get(&path).send().await.unwrap()).await.body;
    let at = cell.step as usize * 4;
    let value = f32::from_le_bytes(map[at..at + 4].try_into().unwrap());
    let [key] = outcome(Some(&question)).key[..] else {
        panic!("one number is right");
    };
    let right = numbers[key as usize];
    let shown = f64::from(right.digits) / 10_f64.powi(i32::try_from(right.decimals).unwrap());
    let half = 0.5 / 10_f64.powi(i32::try_from(right.decimals).unwrap());
    assert!(
        (shown - f64::from(value)).abs() <= half + 1e-9,
        "{shown} for {value}"
    );
}

#[actix_web::test]
async fn what_cannot_be_asked_is_refused_with_the_reason() {
    let server = Server::start();
    let (class, mut teacher) = lecture(&server).await;
    let mut helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    let mut ada = join(&server, &class.code, student()).await.unwrap();
    let twice = Asked::Choice(Choice {
        text: "Which?".to_owned(),
        options: vec!["this".to_owned(), " this ".to_owned()],
        right: None,
        why: None,
    });
    for (asked, expected) in [
        (Asked::Winner(Wording::default()), Rejection::NotAskable),
        (Asked::TopClass(Wording::default()), Rejection::NotAskable),
        (twice, Rejection::BadQuestion),
    ] {
        assert_eq!(teacher.ask(open(asked)).await, Err(expected));
    }
    assert_eq!(helper.ask(open(sign())).await, Err(Rejection::NotDriver));
    assert_eq!(ada.ask(open(sign())).await, Err(Rejection::NotAllowed));
    assert_eq!(
        teacher.ask(Command::Reveal).await,
        Err(Rejection::NoQuestion)
    );
    assert_eq!(ada.ask(answering(1, 0)).await, Err(Rejection::NoQuestion));
}

#[actix_web::test]
async fn alone_one_asks_the_server() {
    let server = Server::start();
    let network = server.network().await;
    let asking = |question: Value, focus: Value| {
        json!({
            "network": "tiny-vgg",
            "picture": network["gallery"][0]["picture"],
            "focus": focus,
            "step": 0,
            "edit": null,
            "question": question,
        })
    };
    let unit = |layer: &str| json!({ "kind": "unit", "layer": layer, "unit": 3 });
    let overview = json!({ "kind": "overview" });
    let kind = |kind: &str| json!({ "kind": kind });
    let ask = async |body: &Value| {
        let sent = server.post("/api/questions").send_json(body).await;
        answer(sent.unwrap()).await
    };

    let resolved = ask(&asking(kind("topClass"), overview.clone())).await;
    assert_eq!(resolved.status, StatusCode::OK);
    let resolved = resolved.json();
    let key = resolved["key"][0].as_u64().unwrap();
    let label = network["labels"][usize::try_from(key).unwrap()].as_str();
    assert_eq!(label, network["gallery"][0]["label"].as_str());

    for (body, status, code) in [
        (asking(kind("sign"), unit("conv_1_1")), 200, ""),
        (asking(kind("outputSize"), unit("max_pool_1")), 200, ""),
        (asking(kind("sign"), overview.clone()), 422, "not_askable"),
        (
            asking(
                json!({ "kind": "scale", "text": "?", "low": "a", "high": "b", "steps": 9 }),
                overview.clone(),
            ),
            422,
            "bad_question",
        ),
        (
            asking(json!({ "kind": "value", "text": "a\nb" }), unit("conv_1_1")),
            422,
            "bad_text",
        ),
        (
            asking(kind("nonsense"), overview.clone()),
            400,
            "bad_request",
        ),
        (json!({}), 400, "bad_request"),
    ] {
        let answer = ask(&body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}");
        assert_eq!(answer.code(), code, "{body}");
    }
    let mut unknown = asking(kind("topClass"), overview);
    unknown["picture"] = json!("0".repeat(32));
    assert_eq!(ask(&unknown).await.code(), "no_such_picture");
    unknown["network"] = json!("elsewhere");
    assert_eq!(ask(&unknown).await.code(), "no_such_network");
}
