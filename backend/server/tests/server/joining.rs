//! Who gets in, and who does not.

use awc::http::StatusCode;
use convocation_classroom::{
    command::Command,
    ids::SeatId,
    seat::{Mode, Role},
    topics::Versions,
    wire::{ClientMessage, Credential, Farewell, PROTOCOL},
};

use crate::{
    client::{assistant, caption, connect, host, join, join_having, student, token},
    server::{Server, answer},
};

#[actix_web::test]
async fn each_credential_gets_its_seat() {
    let server = Server::start();
    let class = server.open_class().await;
    let host = join(&server, &class.code, host(&class)).await.unwrap();
    assert_eq!(
        (host.seat.id, host.seat.role, host.token),
        (SeatId(0), Role::Host, None)
    );
    let helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    assert_eq!(
        (helper.seat.role, helper.token.is_some()),
        (Role::Assistant, true)
    );
    let screen = join(
        &server,
        &class.code,
        Credential::New {
            role: Role::Projector,
        },
    )
    .await
    .unwrap();
    assert_eq!(screen.seat.role, Role::Projector);
    let pupil = join(&server, &class.code, student()).await.unwrap();
    assert_eq!(
        (pupil.seat.role, pupil.seat.mode),
        (Role::Student, Mode::Following)
    );
    assert!(!pupil.seat.name.is_empty());
}

#[actix_web::test]
async fn whoever_comes_back_has_the_same_seat_and_gets_only_what_is_new() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    pupil
        .until("all topics", |pupil| {
            pupil.seen.seat.0 > 0 && pupil.seen.roster.0 > 0 && pupil.seen.room.0 > 0
        })
        .await;
    let (seat, key, seen) = (pupil.seat.clone(), pupil.token.clone().unwrap(), pupil.seen);
    pupil.leave().await;
    host.ask(caption("While you were away")).await.unwrap();

    let mut again = join_having(&server, &class.code, token(&key), seen)
        .await
        .unwrap();
    assert_eq!((&again.seat, &again.token), (&seat, &None));
    again.until_caption("While you were away").await;
    assert!(
        again
            .heard
            .iter()
            .all(|text| !text.contains(r#""topic":"pace""#) && !text.contains(r#""topic":"seat""#))
    );
}

#[actix_web::test]
async fn those_who_may_not_come_in_are_told_why() {
    let server = Server::start();
    let class = server.open_class().await;
    let cases = [
        (
            class.code.as_str(),
            Credential::New { role: Role::Host },
            Farewell::BadCredential,
        ),
        (
            &class.code,
            Credential::New {
                role: Role::Assistant,
            },
            Farewell::BadCredential,
        ),
        (
            &class.code,
            token("0123456789abcdef0123456789abcdef"),
            Farewell::BadCredential,
        ),
        (&class.code, token(""), Farewell::BadCredential),
        (
            &class.code,
            Credential::Host {
                secret: class.assistant.clone(),
            },
            Farewell::BadCredential,
        ),
        (
            &class.code,
            Credential::Assistant {
                secret: class.host.clone(),
            },
            Farewell::BadCredential,
        ),
        ("000000", student(), Farewell::NoSuchClass),
        ("not-a-code", student(), Farewell::NoSuchClass),
    ];
    for (code, credential, expected) in cases {
        let refused = join(&server, code, credential.clone()).await.err();
        assert_eq!(refused, Some(expected), "{code} {credential:?}");
    }
}

#[actix_web::test]
async fn the_first_message_is_a_hello_of_this_version() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut old = connect(&server, &class.code, &[]).await.unwrap();
    let (credential, have) = (student(), Versions::default());
    old.send(&ClientMessage::Hello {
        protocol: PROTOCOL + 1,
        credential,
        mode: None,
        have,
    })
    .await;
    assert_eq!(old.goodbye().await, Farewell::OtherVersion);
    let mut rude = connect(&server, &class.code, &[]).await.unwrap();
    rude.send(&ClientMessage::Ping { sent: 1 }).await;
    assert_eq!(rude.goodbye().await, Farewell::BadMessage);
}

#[actix_web::test]
async fn a_locked_class_keeps_newcomers_out_and_others_in() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    let ask = async |path: &str| {
        let path = format!("/api/classes/{path}");
        answer(server.get(&path).send().await.unwrap()).await.json()
    };
    let look = async || ask(&class.code).await;
    let shown = async || ask(&format!("{}/shown", class.code)).await;
    let picture = pupil.stage().await.picture.0;
    let before = shown().await;
    assert_eq!(before["network"], "tiny-vgg");
    assert_eq!(before["picture"], picture.as_str());
    assert!(ask("222222/shown").await.is_null());
    host.ask(Command::Lock { locked: true }).await.unwrap();
    // Whoever may not come in is not told what the class looks at.
    assert_eq!(look().await["locked"], true);
    assert!(shown().await.is_null());
    assert_eq!(
        join(&server, &class.code, student()).await.err(),
        Some(Farewell::Locked)
    );
    let key = pupil.token.clone().unwrap();
    pupil.leave().await;
    join(&server, &class.code, token(&key)).await.unwrap();
    // Whoever is told that it is done sees it everywhere.
    for locked in [false, true].repeat(12).into_iter().chain([false]) {
        host.ask(Command::Lock { locked }).await.unwrap();
        assert_eq!(look().await["locked"], locked);
    }
    join(&server, &class.code, student()).await.unwrap();
}

#[actix_web::test]
async fn whoever_is_removed_goes_and_stays_away() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    host.ask(Command::Remove {
        seat: pupil.seat.id,
    })
    .await
    .unwrap();
    assert_eq!(pupil.goodbye().await, Farewell::Removed);
    let key = pupil.token.clone().unwrap();
    assert_eq!(
        join(&server, &class.code, token(&key)).await.err(),
        Some(Farewell::Removed)
    );
}

#[actix_web::test]
async fn an_ended_class_is_over_for_everyone() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    host.ask(Command::End).await.unwrap();
    assert_eq!(host.goodbye().await, Farewell::Ended);
    assert_eq!(pupil.goodbye().await, Farewell::Ended);
    let key = pupil.token.clone().unwrap();
    let refused = join(&server, &class.code, token(&key)).await.err();
    assert!(
        matches!(refused, Some(Farewell::Ended | Farewell::NoSuchClass)),
        "{refused:?}"
    );
}

#[actix_web::test]
async fn wrong_codes_are_limited_and_right_ones_are_not() {
    let server = Server::with(&["--behind-proxy"]);
    let class = server.open_class().await;
    let look = async |code: &str, from: &str| {
        let request = server
            .get(&format!("/api/classes/{code}"))
            .insert_header(("X-Forwarded-For", from));
        answer(request.send().await.unwrap()).await.status
    };
    // The instructor is in the school, so the school may come in however many wrong codes its pupils type.
    let school = "127.0.0.1";
    for stranger in [school, "203.0.113.9"] {
        for _ in 0..100 {
            assert_eq!(look("000000", stranger).await, StatusCode::NOT_FOUND);
        }
        assert_eq!(
            look("000000", stranger).await,
            StatusCode::TOO_MANY_REQUESTS
        );
    }
    assert_eq!(look(&class.code, school).await, StatusCode::OK);
    join(&server, &class.code, student()).await.unwrap();
    assert_eq!(
        look(&class.code, "203.0.113.9").await,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(look(&class.code, "203.0.113.10").await, StatusCode::OK);
    let mut guesser = connect(&server, &class.code, &[("x-forwarded-for", "203.0.113.9")])
        .await
        .unwrap();
    assert_eq!(
        guesser.hello(student(), Versions::default()).await,
        Err(Farewell::TooFast)
    );
}

#[actix_web::test]
async fn a_thousand_join_from_one_address_within_a_minute() {
    const STUDENTS: usize = 1_000;
    const AT_ONCE: usize = 50;
    rlimit::increase_nofile_limit(4_096).unwrap();
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let began = std::time::Instant::now();
    let mut students = Vec::new();
    while students.len() < STUDENTS {
        let joins = (0..AT_ONCE).map(|_| join(&server, &class.code, student()));
        students.extend(
            futures_util::future::join_all(joins)
                .await
                .into_iter()
                .map(Result::unwrap),
        );
    }
    assert!(began.elapsed().as_secs() < 60, "took {:?}", began.elapsed());
    host.until("everyone on the roster", |host| {
        host.roster
            .as_ref()
            .is_some_and(|(_, roster)| roster.present as usize == STUDENTS)
    })
    .await;
    let names: std::collections::BTreeSet<&str> = students
        .iter()
        .map(|student| student.seat.name.as_str())
        .collect();
    assert_eq!(names.len(), STUDENTS, "two have the same name");
}
