//! What everyone sees, and who decides it.

use convocation_classroom::{
    command::Command,
    ids::{LayerId, NetworkId, PictureId},
    pace::Roaming,
    rejection::Rejection,
    seat::{Mode, Role},
    stage::{ColourScale, Focus},
    wire::{ClientMessage, Credential},
};

use crate::{
    client::{assistant, caption, focus, host, join, student},
    server::Server,
};

#[actix_web::test]
async fn every_screen_shows_what_the_driver_shows() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut near = join(&server, &class.code, student()).await.unwrap();
    let mut screen = join(
        &server,
        &class.code,
        Credential::New {
            role: Role::Projector,
        },
    )
    .await
    .unwrap();
    let network = server.network().await;
    let conv = network["layers"][1]["id"].as_str().unwrap().to_owned();
    host.ask(Command::Focus {
        focus: Focus::Unit {
            layer: LayerId(conv),
            unit: 3,
        },
    })
    .await
    .unwrap();
    host.ask(Command::Play { from: 5, rate: 4 }).await.unwrap();
    host.ask(Command::Pause { step: 17 }).await.unwrap();
    host.ask(caption("Look here")).await.unwrap();
    host.until_caption("Look here").await;
    near.until_caption("Look here").await;
    screen.until_caption("Look here").await;
    assert_eq!(host.stage, near.stage);
    assert_eq!(host.stage, screen.stage);
    let mut late = join(&server, &class.code, student()).await.unwrap();
    late.until_caption("Look here").await;
    assert_eq!(host.stage, late.stage);
}

#[actix_web::test]
async fn a_students_forged_command_is_rejected_and_changes_nothing() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let network = server.network().await;
    let (id, picture) = (
        network["id"].as_str().unwrap(),
        network["gallery"][1]["picture"].as_str().unwrap(),
    );
    let conv = network["layers"][1]["id"].as_str().unwrap();
    let mut forger = join(&server, &class.code, student()).await.unwrap();
    let before = forger.stage().await;
    let forged = [
        Command::ChooseNetwork {
            network: NetworkId::from(id),
            picture: PictureId::from(picture),
        },
        Command::ChoosePicture {
            picture: PictureId::from(picture),
        },
        focus(conv),
        Command::Step { step: 0 },
        Command::Play { from: 0, rate: 4 },
        Command::Pause { step: 0 },
        Command::SetScale {
            scale: ColourScale::Global,
        },
        Command::SetDetail {
            detail: !before.detail,
        },
        caption("forged"),
        Command::SetRoaming {
            roaming: Roaming::Together,
        },
        Command::Gather,
        Command::Rename {
            seat: host.seat.id,
            name: "forged".to_owned(),
        },
        Command::Lock { locked: true },
        Command::Remove { seat: host.seat.id },
        Command::HandOver { to: forger.seat.id },
        Command::End,
    ];
    for command in forged {
        let reason = forger
            .ask(command.clone())
            .await
            .expect_err("a student has no say");
        assert!(
            matches!(
                reason,
                Rejection::NotDriver | Rejection::NotAllowed | Rejection::HostStays
            ),
            "{command:?}: {reason}"
        );
    }
    let mut witness = join(&server, &class.code, student()).await.unwrap();
    assert_eq!(witness.stage().await, before);
    host.ask(caption("still mine")).await.unwrap();
}

#[actix_web::test]
async fn whoever_gave_the_wheel_away_drives_no_more() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    assert_eq!(
        helper.ask(caption("too early")).await,
        Err(Rejection::NotDriver)
    );
    host.ask(Command::HandOver { to: helper.seat.id })
        .await
        .unwrap();
    assert_eq!(
        host.ask(caption("too late")).await,
        Err(Rejection::NotDriver)
    );
    helper.ask(caption("mine now")).await.unwrap();
    host.until_caption("mine now").await;
}

#[actix_web::test]
async fn a_picture_that_is_not_there_is_not_shown() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let nowhere = PictureId::from("00000000000000000000000000000000");
    assert_eq!(
        host.ask(Command::ChoosePicture {
            picture: nowhere.clone()
        })
        .await,
        Err(Rejection::UnknownPicture)
    );
    let picture = host.stage().await.picture;
    let choose = Command::ChooseNetwork {
        network: NetworkId::from("none"),
        picture,
    };
    assert_eq!(host.ask(choose).await, Err(Rejection::UnknownNetwork));
}

#[actix_web::test]
async fn breaking_away_shows_on_the_own_seat_and_in_the_numbers() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    pupil.ask(Command::Explore).await.unwrap();
    pupil
        .until("exploring", |pupil| pupil.seat.mode == Mode::Exploring)
        .await;
    host.until("one who explores", |host| {
        host.roster
            .as_ref()
            .is_some_and(|(_, roster)| (roster.present, roster.following) == (1, 0))
    })
    .await;
    pupil.ask(Command::Follow).await.unwrap();
    pupil
        .until("following", |pupil| pupil.seat.mode == Mode::Following)
        .await;
    host.until("one who follows", |host| {
        host.roster
            .as_ref()
            .is_some_and(|(_, roster)| (roster.present, roster.following) == (1, 1))
    })
    .await;
    pupil
        .until("a driver", |pupil| {
            pupil
                .roster
                .as_ref()
                .is_some_and(|(_, roster)| roster.driver_present)
        })
        .await;
    host.leave().await;
    pupil
        .until("no driver", |pupil| {
            pupil
                .roster
                .as_ref()
                .is_some_and(|(_, roster)| !roster.driver_present)
        })
        .await;
}

#[actix_web::test]
async fn a_student_never_receives_a_secret_or_what_another_is_called() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    let mut others = Vec::new();
    for _ in 0..6 {
        others.push(join(&server, &class.code, student()).await.unwrap());
    }
    let mut spy = join(&server, &class.code, student()).await.unwrap();
    let layer = spy.stage().await;
    drop(layer);
    for (i, other) in others.iter_mut().enumerate() {
        let name = format!("Unmistakable {i}");
        other
            .ask(Command::Rename {
                seat: other.seat.id,
                name,
            })
            .await
            .unwrap();
        other.ask(Command::Explore).await.unwrap();
        let conv = server.network().await["layers"][1]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        other
            .send(&ClientMessage::Whereabouts {
                layer: Some(LayerId(conv)),
            })
            .await;
    }
    host.ask(Command::Rename {
        seat: helper.seat.id,
        name: "Unmistakable helper".to_owned(),
    })
    .await
    .unwrap();
    host.until("names and whereabouts for the staff", |host| {
        host.roster.as_ref().is_some_and(|(_, roster)| {
            let named = roster
                .seats
                .iter()
                .filter(|seat| seat.name.starts_with("Unmistakable"))
                .count();
            named == 7 && roster.whereabouts.iter().any(|group| group.count == 6)
        })
    })
    .await;
    host.ask(Command::Remove {
        seat: others[0].seat.id,
    })
    .await
    .unwrap();
    helper
        .ask(Command::Rename {
            seat: spy.seat.id,
            name: "The spy".to_owned(),
        })
        .await
        .unwrap();
    host.ask(caption("done")).await.unwrap();
    spy.until_caption("done").await;
    spy.until("the own name", |spy| spy.seat.name == "The spy")
        .await;
    spy.until("the numbers", |spy| {
        spy.roster
            .as_ref()
            .is_some_and(|(_, roster)| (roster.present, roster.following) == (6, 1))
    })
    .await;

    let secrets = [&class.host, &class.assistant]
        .into_iter()
        .chain(others.iter().filter_map(|other| other.token.as_ref()));
    let names = ["Unmistakable".to_owned(), host.seat.name.clone()];
    for forbidden in secrets.chain(&names) {
        let leak = spy
            .heard
            .iter()
            .find(|text| text.contains(forbidden.as_str()));
        assert_eq!(leak, None, "{forbidden}");
    }
    let roster = &spy.roster.as_ref().unwrap().1;
    assert!(roster.seats.is_empty() && roster.whereabouts.is_empty());
}
