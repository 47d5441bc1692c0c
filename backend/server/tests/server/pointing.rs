//! What the driver points at, and what anyone else says about it.

use std::time::{Duration, Instant};

use convocation_classroom::{
    command::Command,
    ids::LayerId,
    pointer::{Aim, Ink, Leg, STROKE_POINTS, Thing},
    stage::Focus,
    wire::{ClientMessage, Farewell},
};

use crate::{
    client::{Client, assistant, caption, focus, host, join, student},
    server::Server,
};

fn tile(layer: &str) -> Thing {
    Thing::Unit {
        layer: LayerId::from(layer),
        unit: 0,
    }
}

fn at(layer: &str, u: i32) -> ClientMessage {
    ClientMessage::Point {
        at: Some(Aim {
            thing: tile(layer),
            u,
            v: 500,
        }),
        ink: None,
    }
}

/// The first convolution of the network.
async fn convolution(server: &Server) -> String {
    let network = server.network().await;
    network["layers"][1]["id"].as_str().unwrap().to_owned()
}

fn is_at(client: &Client, u: i32) -> bool {
    let at = client
        .pointer
        .as_ref()
        .and_then(|pointer| pointer.at.as_ref());
    at.is_some_and(|spot| spot.u == u)
}

fn is_away(client: &Client) -> bool {
    client
        .pointer
        .as_ref()
        .is_some_and(|pointer| pointer.at.is_none() && pointer.strokes.is_empty())
}

#[actix_web::test]
async fn everyone_sees_the_drivers_pointer_and_nobody_elses() {
    let server = Server::start();
    let class = server.open_class().await;
    let conv = convolution(&server).await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    let mut near = join(&server, &class.code, student()).await.unwrap();
    host.send(&at(&conv, 250)).await;
    for client in [&mut host, &mut helper, &mut near] {
        client
            .until("the pointer", |client| is_at(client, 250))
            .await;
    }
    // Forged, and out of turn: nothing comes of it, not even an answer.
    near.send(&at(&conv, 1)).await;
    helper.send(&at(&conv, 2)).await;
    host.send(&at(&conv, 750)).await;
    host.ask(caption("afterwards")).await.unwrap();
    near.until_caption("afterwards").await;
    near.until("the newest pointer", |client| is_at(client, 750))
        .await;
    for forged in ["\"u\":1,", "\"u\":2,"] {
        assert!(
            !near.heard.iter().any(|text| text.contains(forged)),
            "{forged}"
        );
    }
    let mut late = join(&server, &class.code, student()).await.unwrap();
    late.until("the pointer of now", |client| is_at(client, 750))
        .await;
}

#[actix_web::test]
async fn the_pointer_goes_with_its_thing_its_driver_and_their_connection() {
    let server = Server::start();
    let class = server.open_class().await;
    let conv = convolution(&server).await;
    let credential = host(&class);
    let mut host = join(&server, &class.code, credential.clone())
        .await
        .unwrap();
    let helper = join(&server, &class.code, assistant(&class)).await.unwrap();
    let mut near = join(&server, &class.code, student()).await.unwrap();

    let sizes = serde_json::from_str::<Focus>(
        r#"{"kind":"hyperparameters","input":5,"padding":0,"kernel":3,"stride":1,"dilation":1}"#,
    )
    .unwrap();
    host.send(&at(&conv, 100)).await;
    near.until("a pointer", |client| is_at(client, 100)).await;
    host.ask(Command::Focus { focus: sizes }).await.unwrap();
    near.until("no pointer without a network", is_away).await;
    host.ask(focus(&conv)).await.unwrap();

    host.send(&at(&conv, 200)).await;
    near.until("a pointer", |client| is_at(client, 200)).await;
    host.ask(Command::HandOver { to: helper.seat.id })
        .await
        .unwrap();
    near.until("no pointer of someone who does not drive", is_away)
        .await;
    host.ask(Command::HandOver { to: host.seat.id })
        .await
        .unwrap();

    host.send(&at(&conv, 300)).await;
    near.until("a pointer", |client| is_at(client, 300)).await;
    host.leave().await;
    near.until("no pointer of someone who is gone", is_away)
        .await;
}

#[actix_web::test]
async fn however_fast_the_driver_points_it_is_shown_at_a_bounded_rate_and_commands_go_on() {
    let server = Server::start();
    let class = server.open_class().await;
    let conv = convolution(&server).await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut near = join(&server, &class.code, student()).await.unwrap();
    near.stage().await;
    // As much as may be said at once: a whole stroke each time, while the allowance of commands is used up, too.
    let began = Instant::now();
    for i in 0..60 {
        let mut points = vec![(0, 0); STROKE_POINTS];
        points[0] = (i, 0);
        let legs = vec![Leg {
            thing: tile(&conv),
            points,
        }];
        host.send(&ClientMessage::Point {
            at: None,
            ink: Some(Ink { id: 1, legs }),
        })
        .await;
    }
    for i in 0..40 {
        host.ask(caption(&format!("caption {i}"))).await.unwrap();
    }
    near.until_caption("caption 39").await;
    near.until("the last of the stroke", |client| {
        let strokes = client.pointer.iter().flat_map(|pointer| &pointer.strokes);
        strokes
            .into_iter()
            .any(|stroke| stroke.legs[0].points[0].0 == 59)
    })
    .await;
    let frames = near
        .heard
        .iter()
        .filter(|text| text.contains("\"topic\":\"pointer\""))
        .count();
    let most = began.elapsed().as_millis() / 50 + 3;
    assert!(frames as u128 <= most, "{frames} frames, at most {most}");
}

#[actix_web::test]
async fn who_points_without_end_is_sent_away_and_the_class_goes_on() {
    let server = Server::start();
    let class = server.open_class().await;
    let conv = convolution(&server).await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut flood = join(&server, &class.code, student()).await.unwrap();
    for _ in 0..200 {
        flood.send(&at(&conv, 3)).await;
    }
    assert_eq!(flood.goodbye().await, Farewell::TooFast);
    tokio::time::sleep(Duration::from_millis(50)).await;
    host.ask(caption("and on")).await.unwrap();
}
