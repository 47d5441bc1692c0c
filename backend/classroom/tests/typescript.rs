//! The TypeScript types of the protocol: everything reachable from the two message types and from what
//! is asked alone, from lessons, and the constants a client needs.
//! Written by this test with `UPDATE_TYPES=1`, otherwise compared.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use convocation_classroom::{
    asked, asks, code, decimal, edit, filling, lesson, pace, pointer, question, recording, report,
    seat, sliding, stage, topics, wire,
};
use ts_rs::{Config, TS, TypeVisitor};

const FILE: &str = "../../frontend/src/protocol/classroom.ts";
const HEADER: &str = "// Generated from backend/classroom by `UPDATE_TYPES=1 cargo test -p convocation-classroom --test typescript`. Do not edit.\n";

/// Declarations by name, so that their order does not depend on who mentions whom first.
struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let is_ours = T::output_path().is_some();
        let name = T::ident(&self.config);
        if !is_ours || self.by_name.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let text = format!("{docs}export {}", T::decl(&self.config));
        let text = text
            .replace("[`", "`")
            .replace("`]", "`")
            .replace(" \n", "\n");
        self.by_name.insert(name, text + "\n");
        T::visit_dependencies(self);
    }
}

fn constants() -> String {
    let mut out = String::new();
    let mut constant = |doc: &str, name: &str, value: &str| {
        write!(out, "\n/** {doc} */\nexport const {name} = {value};\n")
            .expect("writing to a string does not fail");
    };
    let alphabet = std::str::from_utf8(code::ALPHABET).expect("the alphabet is ASCII");
    constant(
        "Version of this protocol.",
        "PROTOCOL",
        &wire::PROTOCOL.to_string(),
    );
    constant(
        "The speeds of playing, in steps per second.",
        "RATES",
        &format!("{:?} as const", stage::RATES),
    );
    constant(
        "Longest caption, in characters (code points).",
        "CAPTION_CHARS",
        &stage::CAPTION_CHARS.to_string(),
    );
    constant(
        "Longest name, in characters (code points).",
        "NAME_CHARS",
        &seat::NAME_CHARS.to_string(),
    );
    constant(
        "Smallest group of students whose whereabouts are told.",
        "GROUP",
        &topics::GROUP.to_string(),
    );
    constant(
        "How long before a screen goes back to the stage its student is told, in ms.",
        "GATHER_MS",
        &pace::GATHER_MS.to_string(),
    );
    constant(
        "Symbols in a join code.",
        "CODE_LENGTH",
        &code::LENGTH.to_string(),
    );
    constant(
        "The symbols of join codes.",
        "CODE_ALPHABET",
        &format!("{alphabet:?}"),
    );
    constant(
        "Longest text of what a student asks, in characters (code points).",
        "ASK_CHARS",
        &asks::ASK_CHARS.to_string(),
    );
    for (doc, name, value) in [
        (
            "Largest input of the hyperparameters' diagram, in cells.",
            "INPUT_MOST",
            sliding::INPUT_MOST,
        ),
        (
            "Widest padding of it, in cells.",
            "PADDING_MOST",
            sliding::PADDING_MOST,
        ),
        (
            "Largest kernel of it, in cells.",
            "KERNEL_MOST",
            sliding::KERNEL_MOST,
        ),
        (
            "Longest stride of it, in cells.",
            "STRIDE_MOST",
            sliding::STRIDE_MOST,
        ),
        (
            "Widest dilation of it, in cells.",
            "DILATION_MOST",
            sliding::DILATION_MOST,
        ),
    ] {
        constant(doc, name, &value.to_string());
    }
    for (doc, name, value) in of_pointer()
        .into_iter()
        .chain(of_questions())
        .chain(of_lessons())
        .chain(of_recordings())
    {
        constant(doc, name, &value);
    }
    constant(
        "Most weights of one edited unit.",
        "EDITED_WEIGHTS",
        &edit::EDITED_WEIGHTS.to_string(),
    );
    constant(
        "Largest edited weight or bias, in thousandths, of either sign.",
        "EDITED_MOST",
        &edit::EDITED_MOST.to_string(),
    );
    out
}

/// What a screen on which recordings are opened has to know.
fn of_recordings() -> [(&'static str, &'static str, String); 1] {
    [(
        "Version of the format of recordings.",
        "RECORDING_VERSION",
        recording::RECORDING_VERSION.to_string(),
    )]
}

/// What a screen on which lessons are written has to keep to.
fn of_lessons() -> [(&'static str, &'static str, String); 3] {
    [
        (
            "Longest title of a lesson, in characters (code points).",
            "TITLE_CHARS",
            lesson::TITLE_CHARS.to_string(),
        ),
        (
            "Longest notes of a step, in characters (code points).",
            "NOTES_CHARS",
            lesson::NOTES_CHARS.to_string(),
        ),
        (
            "Longest lesson, in minutes.",
            "MINUTES_MOST",
            lesson::MINUTES_MOST.to_string(),
        ),
    ]
}

/// What a screen on which questions are written has to keep to.
fn of_questions() -> [(&'static str, &'static str, String); 11] {
    [
        (
            "Longest wording of a question, and longest reason, in characters (code points).",
            "QUESTION_CHARS",
            asked::QUESTION_CHARS.to_string(),
        ),
        (
            "Longest own option, in characters (code points).",
            "OPTION_CHARS",
            asked::OPTION_CHARS.to_string(),
        ),
        (
            "Fewest own options.",
            "OPTIONS_LEAST",
            asked::OPTIONS_LEAST.to_string(),
        ),
        (
            "Most own options.",
            "OPTIONS_MOST",
            asked::OPTIONS_MOST.to_string(),
        ),
        (
            "Fewest steps of a scale.",
            "SCALE_LEAST",
            asked::SCALE_LEAST.to_string(),
        ),
        (
            "Most steps of a scale.",
            "SCALE_MOST",
            asked::SCALE_MOST.to_string(),
        ),
        (
            "Votes on one question.",
            "ROUNDS",
            question::ROUNDS.to_string(),
        ),
        (
            "Most decimals of a number that is to be chosen or computed.",
            "DECIMALS_MOST",
            decimal::DECIMALS_MOST.to_string(),
        ),
        (
            "Most cells that a class fills.",
            "FILL_CELLS_MOST",
            filling::FILL_CELLS_MOST.to_string(),
        ),
        (
            "Fewest rows and columns of a part of a map that a class fills.",
            "FILL_SIDE_LEAST",
            filling::FILL_SIDE_LEAST.to_string(),
        ),
        (
            "Most rows and columns of it.",
            "FILL_SIDE_MOST",
            filling::FILL_SIDE_MOST.to_string(),
        ),
    ]
}

/// What a screen that points has to keep to.
fn of_pointer() -> [(&'static str, &'static str, String); 4] {
    [
        (
            "How long a stroke is seen after it last grew, in milliseconds.",
            "INK_MS",
            pointer::INK_MS.to_string(),
        ),
        (
            "Most strokes at a time.",
            "STROKES",
            pointer::STROKES.to_string(),
        ),
        (
            "Most points of one stroke.",
            "STROKE_POINTS",
            pointer::STROKE_POINTS.to_string(),
        ),
        (
            "How far outside of its thing a point may lie, in thousandths of the thing's size.",
            "POINT_REACH",
            pointer::POINT_REACH.to_string(),
        ),
    ]
}

fn generate() -> String {
    let mut declarations = Declarations {
        config: Config::new(),
        by_name: BTreeMap::new(),
    };
    declarations.visit::<wire::ClientMessage>();
    declarations.visit::<wire::ServerMessage>();
    declarations.visit::<asked::Asking>();
    declarations.visit::<question::Resolved>();
    // Read and sent over HTTP.
    declarations.visit::<lesson::Lesson>();
    declarations.visit::<report::Report>();
    declarations.visit::<recording::Recording>();
    let types = declarations
        .by_name
        .into_values()
        .collect::<Vec<_>>()
        .join("\n");
    format!("{HEADER}{}\n{types}", constants())
}

#[test]
fn checked_in_types_are_those_of_the_protocol() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let generated = generate();
    if env::var_os("UPDATE_TYPES").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let checked_in = fs::read_to_string(&path).unwrap_or_default();
    assert!(checked_in == generated, "{FILE} is stale; {HEADER}");
}
