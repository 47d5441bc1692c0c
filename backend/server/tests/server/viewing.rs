//! Views that students offer: what each screen is told of them, and what is left after the power goes.

use convocation_classroom::{
    command::Command,
    ids::PictureId,
    lesson::LessonView,
    rejection::Rejection,
    stage::Focus,
    views::{StudentView, ViewId},
};

use crate::{
    client::{Client, focus, host, join, student, token},
    pictures::{png, send},
    server::{Server, answer},
};

/// The overview of a network that no class begins with.
fn overview(picture: &str) -> Command {
    Command::OfferView(StudentView {
        network: "tiny-example".into(),
        view: LessonView {
            picture: Some(PictureId(picture.to_owned())),
            focus: Focus::Overview,
            step: 0,
            rate: None,
            scale: None,
            detail: None,
            receptive_field: false,
            edit: None,
        },
    })
}

/// Whether anything said to them so far has `part` in it.
fn heard(client: &Client, part: &str) -> bool {
    client.heard.iter().any(|text| text.contains(part))
}

#[actix_web::test]
async fn a_student_s_view_comes_to_the_stage_and_nobody_is_told_whose_it_is() {
    let mut server = Server::start();
    let class = server.open_class().await;
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    let mut other = join(&server, &class.code, student()).await.unwrap();
    let conv = server.network().await["layers"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    teacher.ask(focus(&conv)).await.unwrap();
    let before = teacher
        .until_stage("the layer", |stage| stage.focus != Focus::Overview)
        .await;

    let missing = "0".repeat(32);
    assert_eq!(
        pupil.ask(overview(&missing)).await,
        Err(Rejection::UnknownPicture)
    );
    let sent = send(&server, png(120, 90)).await.json();
    let picture = sent["picture"].as_str().unwrap().to_owned();
    pupil.ask(overview(&picture)).await.unwrap();
    pupil
        .until("the own offer", |pupil| {
            pupil.seat.offered == Some(ViewId(1))
        })
        .await;
    teacher
        .until("the offer", |teacher| heard(teacher, &picture))
        .await;
    assert_eq!(
        teacher.stage.as_ref().map(|(_, stage)| stage),
        Some(&before)
    );

    let show = Command::ShowView { view: ViewId(1) };
    assert_eq!(other.ask(show.clone()).await, Err(Rejection::NotAllowed));
    assert!(!heard(&other, &picture), "the room is told of an offer");
    teacher.ask(show).await.unwrap();
    other
        .until_stage("the picture", |stage| stage.picture.as_str() == picture)
        .await;
    other
        .until("the mark", |other| heard(other, r#""onStage":1"#))
        .await;

    server.kill();
    server.start_again();

    let file = answer(
        server
            .get(&format!("/api/pictures/{picture}"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(file.status.as_u16(), 200);
    let mut pupil_again = join(&server, &class.code, token(pupil.token.as_ref().unwrap()))
        .await
        .unwrap();
    assert_eq!(pupil_again.seat.offered, Some(ViewId(1)));
    let mut teacher_again = join(&server, &class.code, host(&class)).await.unwrap();
    assert_eq!(teacher_again.stage().await.picture.as_str(), picture);
    teacher_again.ask(Command::ReturnStage).await.unwrap();
    pupil_again
        .until_stage("the way back", |stage| *stage == before)
        .await;

    for client in [&teacher, &other, &teacher_again] {
        for text in &client.heard {
            assert!(!text.contains(r#""topic":"views""#) || !text.contains("seat"));
            let is_own = text.contains(r#""topic":"seat""#) || text.contains("welcome");
            assert!(!is_own || text.contains(r#""offered":null"#), "{text}");
        }
    }
}
