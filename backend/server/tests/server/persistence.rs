//! What outlives the process, and for how long.

use std::time::Duration;

use convocation_classroom::{
    command::Command,
    ids::PictureId,
    wire::{Farewell, ServerMessage},
};

use crate::{
    client::{assistant, caption, focus, host, join, join_having, student, token},
    file::File,
    pictures::{png, send},
    server::{Server, answer},
};

#[actix_web::test]
async fn acknowledged_commands_survive_kill_9() {
    let mut server = Server::start();
    let class = server.open_class().await;
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    let helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    let conv = server.network().await["layers"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    pupil
        .ask(Command::Rename {
            seat: pupil.seat.id,
            name: "Ada".to_owned(),
        })
        .await
        .unwrap();
    pupil.ask(Command::Explore).await.unwrap();
    teacher.ask(focus(&conv)).await.unwrap();
    teacher.ask(Command::Lock { locked: true }).await.unwrap();
    for number in 0..20 {
        teacher
            .ask(caption(&format!("Note {number}")))
            .await
            .unwrap();
    }
    teacher.until_caption("Note 19").await;
    let (stage, seen) = (teacher.stage.clone(), teacher.seen);

    server.kill();
    server.start_again();

    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    teacher.stage().await;
    assert_eq!(teacher.stage, stage, "the same stage at the same version");
    let pupil = join(&server, &class.code, token(&pupil.token.unwrap()))
        .await
        .unwrap();
    assert_eq!(pupil.seat.name, "Ada");
    assert_eq!(
        join(&server, &class.code, token(&helper.token.unwrap()))
            .await
            .unwrap()
            .seat
            .id,
        helper.seat.id
    );
    assert_eq!(
        join(&server, &class.code, student()).await.err(),
        Some(Farewell::Locked)
    );

    // Someone who was connected all the time gets nothing twice, and the next change is newer.
    let mut back = join_having(&server, &class.code, host(&class), seen)
        .await
        .unwrap();
    back.ask(caption("After the restart")).await.unwrap();
    back.until_caption("After the restart").await;
    assert!(back.heard.iter().all(|text| !text.contains("Note 19")));
}

#[actix_web::test]
async fn a_picture_on_the_stage_survives_kill_9() {
    let mut server = Server::start();
    let class = server.open_class().await;
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let sent = send(&server, png(200, 120)).await.json();
    let picture = sent["picture"].as_str().unwrap().to_owned();
    teacher
        .ask(Command::ChoosePicture {
            picture: PictureId(picture.clone()),
        })
        .await
        .unwrap();
    let path = format!("/api/pictures/{picture}");
    let before = answer(server.get(&path).send().await.unwrap()).await;

    server.kill();
    server.start_again();

    let after = answer(server.get(&path).send().await.unwrap()).await;
    assert_eq!(
        (after.status.as_u16(), after.body == before.body),
        (200, true)
    );
    let digest = server.network().await["digest"]
        .as_str()
        .unwrap()
        .to_owned();
    let overview = server
        .get(&format!("/api/overviews/{digest}/{picture}/phone"))
        .send()
        .await
        .unwrap();
    assert_eq!(overview.status().as_u16(), 200);

    // Once the class is over, so is its picture.
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    teacher.ask(Command::End).await.unwrap();
    teacher.goodbye().await;
    server.kill();
    server.start_again();
    let gone = answer(server.get(&path).send().await.unwrap()).await;
    assert_eq!(gone.code(), "no_such_picture");
    assert_eq!(
        join(&server, &class.code, host(&class)).await.err(),
        Some(Farewell::Ended)
    );
}

#[actix_web::test]
async fn going_down_everyone_is_told_and_nothing_is_lost() {
    let mut server = Server::start();
    let class = server.open_class().await;
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    teacher.ask(caption("Kept")).await.unwrap();
    server.terminate();
    assert_eq!(teacher.goodbye().await, Farewell::Restarting);
    assert_eq!(pupil.goodbye().await, Farewell::Restarting);
    let status = server.over(Duration::from_secs(5)).await;
    assert!(status.success(), "{status}");
    server.start_again();
    let mut pupil = join(&server, &class.code, token(&pupil.token.unwrap()))
        .await
        .unwrap();
    pupil.until_caption("Kept").await;
}

#[actix_web::test]
async fn going_down_does_not_wait_for_those_who_do_not_leave() {
    let mut server = Server::start();
    let class = server.open_class().await;
    // These never answer the goodbye: they are not even read from.
    let mut stubborn = Vec::new();
    for _ in 0..5 {
        stubborn.push(join(&server, &class.code, student()).await.unwrap());
    }
    server.terminate();
    let status = server.over(Duration::from_secs(5)).await;
    assert!(status.success(), "{status}");
    let told = stubborn[0].hear().await;
    assert!(matches!(
        told,
        Some(ServerMessage::Frame { .. } | ServerMessage::Bye { .. })
    ));
}

#[actix_web::test]
async fn a_class_is_deleted_12_hours_after_the_last_connection() {
    const HOUR: Duration = Duration::from_secs(60 * 60);
    let mut server = Server::start();
    let picture = send(&server, png(40, 30)).await.json()["picture"].clone();
    let picture = PictureId(picture.as_str().unwrap().to_owned());
    let forgotten = server.open_class().await;
    let recent = server.open_class().await;
    for class in [&forgotten, &recent] {
        let mut teacher = join(&server, &class.code, host(class)).await.unwrap();
        let picture = picture.clone();
        teacher
            .ask(Command::ChoosePicture { picture })
            .await
            .unwrap();
    }
    server.kill();
    let file = File::open(server.data.path());
    let [forgotten_key, recent_key] = [&forgotten, &recent].map(|class| file.key(&class.code));
    assert_eq!(file.rows(&forgotten_key), [1, 1, 1]);
    file.was_seen(&forgotten_key, 13 * HOUR);
    file.was_seen(&recent_key, 11 * HOUR);
    drop(file);

    server.start_again();
    let look = async |code: &str| {
        let path = format!("/api/classes/{code}");
        answer(server.get(&path).send().await.unwrap()).await
    };
    let gone = look(&forgotten.code).await;
    assert_eq!(
        (gone.status.as_u16(), gone.code().as_str()),
        (404, "no_such_class")
    );
    assert_eq!(look(&recent.code).await.status.as_u16(), 200);
    let mut teacher = join(&server, &recent.code, host(&recent)).await.unwrap();
    assert_eq!(teacher.stage().await.picture, picture);

    server.kill();
    let file = File::open(server.data.path());
    assert_eq!(file.rows(&forgotten_key), [0, 0, 0]);
    assert_eq!(file.rows(&recent_key), [1, 1, 1]);
}
