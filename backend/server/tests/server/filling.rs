//! A map that a class fills cell by cell, as everyone hears it.

use convocation_classroom::{
    asked::Asked,
    command::Command,
    decimal::Decimal,
    filling::{Area, Fill},
    ids::QuestionId,
    question::{Phase, Question, Task},
    rejection::Rejection,
    stage::Focus,
};

use crate::{
    client::{Client, host, join, student, token},
    server::Server,
};

fn whole() -> Command {
    Command::OpenQuestion {
        question: Asked::Fill(Fill {
            area: Area::Whole,
            text: None,
            why: None,
        }),
    }
}

fn on(focus: Focus) -> Command {
    Command::Focus { focus }
}

const TAKE: Command = Command::TakeCell {
    question: QuestionId(1),
};

fn fill(cell: u32, digits: i32) -> Command {
    Command::FillCell {
        question: QuestionId(1),
        cell,
        number: Decimal {
            digits,
            decimals: 0,
        },
    }
}

/// The cells of a seat, with what was computed for each.
fn cells(client: &Client) -> Vec<(u32, Option<i32>)> {
    let cells = client.seat.cells.iter();
    cells
        .map(|own| (own.cell, own.number.map(|number| number.digits)))
        .collect()
}

impl Client {
    async fn until_filling(&mut self, is_so: impl Fn(&Question) -> bool) -> Question {
        self.until("the map", |client| {
            client.question.as_ref().is_some_and(&is_so)
        })
        .await;
        self.question.clone().unwrap()
    }
}

#[actix_web::test]
async fn a_class_fills_a_map_through_reload_and_kill_9() {
    let mut server = Server::start();
    let class = server.open_class().await;
    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let example = server.get("/api/networks/tiny-example").send().await;
    let example = crate::server::answer(example.unwrap()).await.json();
    let picture = example["gallery"][0]["picture"].as_str().unwrap();
    let choose = Command::ChooseNetwork {
        network: "tiny-example".into(),
        picture: picture.into(),
    };
    teacher.ask(choose).await.unwrap();
    assert_eq!(teacher.ask(whole()).await, Err(Rejection::NotAskable));
    let conv = Focus::Unit {
        layer: "conv".into(),
        unit: 0,
    };
    teacher.ask(on(conv)).await.unwrap();
    let mut ada = join(&server, &class.code, student()).await.unwrap();
    let mut bo = join(&server, &class.code, student()).await.unwrap();
    teacher.ask(whole()).await.unwrap();

    let seen = ada.until_filling(|_| true).await;
    assert!(matches!(
        seen.task,
        Task::Fill {
            rows: 3,
            columns: 3,
            input: None,
            shown: 0,
            decimals: 0,
            ..
        }
    ));
    ada.until("a cell", |ada| !ada.seat.cells.is_empty()).await;
    bo.until("a cell", |bo| !bo.seat.cells.is_empty()).await;
    let (first, of_bo) = (cells(&ada)[0].0, cells(&bo)[0].0);
    assert_eq!(
        (cells(&ada), cells(&bo)),
        (vec![(first, None)], vec![(of_bo, None)])
    );
    assert_ne!(first, of_bo);
    assert_eq!(ada.ask(fill(of_bo, 1)).await, Err(Rejection::UnknownCell));
    let by_teacher = teacher.ask(fill(first, 1)).await;
    assert_eq!(by_teacher, Err(Rejection::NotAllowed));
    // A sign forgotten, then corrected; said twice it counts once. Bo's cell stays wrong.
    let right = |cell: u32| [-8, 1, -8][cell as usize % 3];
    for digits in [-right(first), right(first), right(first)] {
        ada.ask(fill(first, digits)).await.unwrap();
    }
    bo.ask(fill(of_bo, 6)).await.unwrap();
    ada.ask(TAKE).await.unwrap();
    ada.until("a second cell", |ada| ada.seat.cells.len() == 2)
        .await;
    let second = cells(&ada)[1].0;
    assert!(second != first && second != of_bo);
    let secret = ada.token.clone().unwrap();

    let ada = join(&server, &class.code, token(&secret)).await.unwrap();
    let held = [(first, Some(right(first))), (second, None)];
    assert_eq!(cells(&ada), held);
    server.kill();
    server.start_again();
    let mut ada = join(&server, &class.code, token(&secret)).await.unwrap();
    assert_eq!(cells(&ada), held);
    let mut late = join(&server, &class.code, student()).await.unwrap();
    assert_eq!(cells(&late).len(), 1);
    assert!(![first, second, of_bo].contains(&cells(&late)[0].0));
    ada.ask(fill(second, right(second))).await.unwrap();
    let mut filled = vec![first, second, of_bo];
    filled.sort_unstable();

    let mut teacher = join(&server, &class.code, host(&class)).await.unwrap();
    let live = teacher
        .until_filling(|question| question.filled == filled)
        .await;
    assert_eq!((live.answered, live.phase), (2, Phase::Open));
    let told = live.outcome.unwrap().cells;
    let truth: Vec<i32> = told.iter().map(|cell| cell.truth.number.digits).collect();
    assert_eq!(truth, [-8, 1, -8].repeat(3));
    let wrong: Vec<u32> = (0..)
        .zip(&told)
        .filter(|(_, cell)| cell.wrong)
        .map(|(cell, _)| cell)
        .collect();
    assert_eq!(wrong, [of_bo]);
    teacher.ask(Command::CloseQuestion).await.unwrap();
    let closed = late
        .until_filling(|question| question.phase == Phase::Closed)
        .await;
    assert_eq!((closed.filled, closed.outcome), (filled, None));
    for heard in ada.heard.iter().chain(&bo.heard).chain(&late.heard) {
        assert!(
            !heard.contains("\"truth\"") && !heard.contains("\"right\""),
            "{heard}"
        );
    }
    teacher.ask(Command::Reveal).await.unwrap();
    let revealed = late
        .until_filling(|question| question.phase == Phase::Revealed)
        .await;
    assert_eq!(revealed.outcome.unwrap().cells, told);
}
