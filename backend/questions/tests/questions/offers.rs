//! What a view offers, in the folder `tests/golden` of the project: the browser decides the same before it shows a button. Written with
//! `UPDATE_GOLDEN=1`, otherwise compared; the browser's side is `screens/question/offers.test.ts`.

use std::{env, fs, path::Path};

use convocation_classroom::{
    asked::{Asked, Tile, Wording},
    filling::{Area, Fill},
    sliding::Hyperparameters,
    stage::Focus,
};
use convocation_questions::{View, askable};
use serde_json::{Value, json};

use crate::{network::description, tables::unit};

const FILE: &str = "../../tests/golden/offers.json";

fn kinds(focus: &Focus, step: u32) -> Vec<&'static str> {
    let network = description();
    let view = View {
        network: &network,
        focus,
        step,
    };
    let words = Wording::default;
    let fill = Fill {
        area: Area::Spread { side: 2 },
        text: None,
        why: None,
    };
    [
        ("value", Asked::Value(words())),
        ("sign", Asked::Sign(words())),
        ("winner", Asked::Winner(words())),
        ("topClass", Asked::TopClass(words())),
        ("outputSize", Asked::OutputSize(words())),
        ("tile", Asked::Tile(Tile::default())),
        ("pixel", Asked::Pixel(words())),
        ("fill", Asked::Fill(fill)),
    ]
    .into_iter()
    .filter(|(_, asked)| askable(asked, &view))
    .map(|(kind, _)| kind)
    .collect()
}

fn cases() -> Vec<Value> {
    let sizes = |input| {
        Focus::Hyperparameters(Hyperparameters {
            input,
            padding: 0,
            kernel: 3,
            stride: 1,
            dilation: 1,
        })
    };
    let link = Focus::Link {
        layer: "conv".into(),
        unit: 0,
        input: 0,
    };
    let layer = |id: &str| Focus::Layer { layer: id.into() };
    let mut views = vec![
        (Focus::Overview, 0),
        (Focus::Class { class: 0 }, 0),
        (sizes(5), 3),
        (sizes(2), 0),
        (link, 4),
        (layer("conv"), 0),
        (layer("dense"), 0),
    ];
    for id in [
        "input",
        "conv",
        "relu",
        "pool",
        "flat",
        "dense",
        "elsewhere",
    ] {
        views.extend([0, 3, 7, 8].map(|step| (unit(id, 0), step)));
    }
    let case =
        |(focus, step)| json!({ "focus": focus, "step": step, "kinds": kinds(&focus, step) });
    views.into_iter().map(case).collect()
}

#[test]
fn every_view_offers_what_can_be_asked_about_it() {
    let golden = json!({ "network": description(), "views": cases() });
    let encoded = serde_json::to_string_pretty(&golden).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &encoded).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == encoded,
        "{FILE} is stale: UPDATE_GOLDEN=1 cargo test -p convocation-questions"
    );
}
