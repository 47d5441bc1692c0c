use convocation_classroom::{
    asked::{Asked, Choice, Scale, Tile, Wording},
    edit::{KernelEdit, KernelWeights},
    filling::{Area, Fill},
    lesson::{Lesson, LessonStep, LessonView},
    sliding::Hyperparameters,
    stage::{ColourScale, Focus, RATES},
};
use convocation_lessons::{Facts, parse, print};
use proptest::prelude::*;

use crate::network::{COLUMNS, ROWS, facts};

/// A line as it is kept: anything that can be shown, without space around it.
fn line(most: usize) -> impl Strategy<Value = String> {
    let wild = proptest::string::string_regex("[ -~äß¿卷积🧠]{1,60}").unwrap();
    let tricky = prop::sample::select(vec![
        "# no heading",
        "---",
        "===",
        "- no list",
        "1. no list",
        "2) no list",
        "> no quotation",
        "``` no code",
        "*no* _emphasis_",
        "[no](link)",
        "![no](image)",
        "<b>no</b>",
        "<!-- no",
        "&amp; &#65;",
        "\\",
        "a\\",
        "Note: no notes",
        "a  b",
        "| a |",
        "~~~",
        "+",
        "`",
        "Note:",
        "http://a.b",
        "\\*",
        "***",
        "___",
        "a:",
        "12345678901. x",
    ])
    .prop_map(str::to_owned);
    prop_oneof![3 => wild, 2 => tricky]
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("a line says something", move |text| {
            !text.is_empty() && text.chars().count() <= most
        })
}

fn notes() -> impl Strategy<Value = String> {
    let paragraph = prop::collection::vec(line(80), 1..4).prop_map(|lines| lines.join("\n"));
    prop::collection::vec(paragraph, 0..4).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

fn focus() -> impl Strategy<Value = Focus> {
    let unit = || 0..4u32;
    let layer = || prop::sample::select(vec!["conv", "relu"]);
    let sizes =
        (5..17u32, 0..9u32, 1..5u32, 1..9u32).prop_map(|(input, padding, kernel, stride)| {
            Hyperparameters {
                input,
                padding,
                kernel,
                stride,
                dilation: 1,
            }
        });
    prop_oneof![
        Just(Focus::Overview),
        layer().prop_map(|layer| Focus::Layer {
            layer: layer.into()
        }),
        (layer(), unit()).prop_map(|(layer, unit)| Focus::Unit {
            layer: layer.into(),
            unit
        }),
        (unit(), 0..3u32).prop_map(|(unit, input)| Focus::Link {
            layer: "conv".into(),
            unit,
            input
        }),
        (0..2u32).prop_map(|class| Focus::Class { class }),
        sizes.prop_map(Focus::Hyperparameters),
    ]
}

fn edit() -> impl Strategy<Value = KernelEdit> {
    let number = || -100_000..=100_000i32;
    let weights = prop::collection::vec(number(), 6);
    let kernels = prop::collection::btree_map(0..3u32, weights, 0..=3);
    (0..4u32, kernels, prop::option::of(number())).prop_map(|(unit, kernels, bias)| KernelEdit {
        layer: "conv".into(),
        unit,
        kernels: kernels
            .into_iter()
            .map(|(input, weights)| KernelWeights { input, weights })
            .collect(),
        bias,
    })
}

fn view() -> impl Strategy<Value = LessonView> {
    let scales = vec![ColourScale::Block, ColourScale::Module, ColourScale::Global];
    let details = (
        prop::option::of(prop::sample::select(scales)),
        prop::option::of(any::<bool>()),
        any::<bool>(),
        prop::option::of(edit()),
    );
    let picture = prop::option::of(0..3usize);
    let rate = prop::option::of(prop::sample::select(RATES.to_vec()));
    (picture, focus(), 0..ROWS * COLUMNS, rate, details).prop_map(
        |(picture, focus, step, rate, (scale, detail, receptive_field, edit))| {
            let facts = facts();
            let steps = facts.outline.steps(&focus);
            LessonView {
                picture: picture.map(|place| facts.gallery[place].1.clone()),
                step: steps.map_or(0, |steps| step % steps),
                rate: steps.and(rate),
                focus,
                scale,
                detail,
                receptive_field,
                edit,
            }
        },
    )
}

fn question() -> impl Strategy<Value = Asked> {
    let words = || (prop::option::of(line(200)), prop::option::of(line(200)));
    let wording = || words().prop_map(|(text, why)| Wording { text, why });
    let layer = prop::option::of(prop::sample::select(vec!["conv", "relu"]));
    let options = prop::collection::btree_set(line(80), 2..=6);
    let area = prop_oneof![
        Just(Area::Whole),
        (2..=6u32).prop_map(|side| Area::Patch { side }),
        (2..=6u32).prop_map(|side| Area::Spread { side }),
    ];
    prop_oneof![
        wording().prop_map(Asked::Value),
        wording().prop_map(Asked::Sign),
        wording().prop_map(Asked::Winner),
        wording().prop_map(Asked::TopClass),
        wording().prop_map(Asked::OutputSize),
        wording().prop_map(Asked::Pixel),
        (area, words()).prop_map(|(area, (text, why))| Asked::Fill(Fill { area, text, why })),
        (layer, words()).prop_map(|(layer, (text, why))| Asked::Tile(Tile {
            layer: layer.map(Into::into),
            text,
            why
        })),
        (
            line(200),
            options,
            prop::option::of(0..2u32),
            prop::option::of(line(200))
        )
            .prop_map(|(text, options, right, why)| Asked::Choice(Choice {
                text,
                options: options.into_iter().collect(),
                right,
                why
            })),
        (line(200), line(80), line(80), 2..=7u32).prop_map(|(text, low, high, steps)| {
            Asked::Scale(Scale {
                text,
                low,
                high,
                steps,
                why: None,
            })
        }),
    ]
}

fn lesson() -> impl Strategy<Value = Lesson> {
    let step = (
        prop::option::of(line(200)),
        prop::option::of(view()),
        prop::option::of(question()),
        notes(),
    );
    let step = step.prop_map(|(caption, view, question, notes)| LessonStep {
        caption,
        view,
        question,
        notes,
    });
    // A step with nothing in it cannot be told from none.
    let step = step.prop_filter("a step has something", |step| {
        *step != LessonStep::default()
    });
    (line(100), 1..600u32, prop::collection::vec(step, 0..6)).prop_map(|(title, minutes, steps)| {
        Lesson {
            title,
            minutes,
            language: "en".to_owned(),
            network: "small".into(),
            picture: facts().gallery[0].1.clone(),
            steps,
        }
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_lesson(lesson in lesson()) {
        let text = print(&lesson, &facts());
        prop_assert_eq!(parse(&text, &facts()), Ok(lesson), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_with_reasons(text in any::<String>()) {
        prop_assert!(parse(&text, &facts()).is_ok_and(|_| true) || !parse(&text, &facts()).unwrap_err().is_empty());
    }

    #[test]
    fn anything_in_a_lesson_is_read_or_refused_with_a_line_that_is_there(
        parts in prop::collection::vec(prop_oneof![
            any::<String>(),
            prop::sample::select(vec![
                "\n", "\n\n", "---", "```stage\n", "```\n", "show = \"unit\"\n", "layer = \"conv\"\n", "unit = 2\n", "row = ", "99999999999",
                "Note: ", "- a", "> ", "<div>", "# ", "[edit]\n", "[[edit.kernels]]\n", "\u{0}", "\r\n", "1", "picture = \"\"\n",
            ]).prop_map(str::to_owned),
        ], 0..30),
    ) {
        let text = format!("---\ntitle: x\nminutes: 1\nnetwork: small\nlanguage: en\n---\n{}", parts.concat());
        let lines = u32::try_from(text.replace("\r\n", "\n").matches('\n').count() + 1).unwrap();
        if let Err(faults) = parse(&text, &facts()) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!((1..=lines + 1).contains(&fault.line), "{fault} of {lines} in {text:?}");
            }
        }
    }
}

/// A picture that was sent in has no name in a file.
#[test]
fn a_picture_of_ones_own_is_left_out_with_a_remark() {
    let facts: Facts = facts();
    let step = LessonStep {
        view: Some(LessonView {
            picture: Some("ff".repeat(16).as_str().into()),
            focus: Focus::Overview,
            step: 0,
            rate: None,
            scale: None,
            detail: None,
            receptive_field: false,
            edit: None,
        }),
        ..LessonStep::default()
    };
    let lesson = Lesson {
        title: "Mine".to_owned(),
        minutes: 5,
        language: "en".to_owned(),
        network: "small".into(),
        picture: facts.gallery[0].1.clone(),
        steps: vec![step],
    };
    let text = print(&lesson, &facts);
    assert!(
        text.contains("# The picture of this step was sent in"),
        "{text}"
    );
    let read = parse(&text, &facts).unwrap();
    assert_eq!(read.steps[0].view.as_ref().unwrap().picture, None);
}
