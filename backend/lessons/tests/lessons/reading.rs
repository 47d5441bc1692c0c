use convocation_classroom::{
    asked::{Asked, Choice, Scale, Tile, Wording},
    filling::{Area, Fill},
    ids::PictureId,
    lesson::{Lesson, LessonStep, LessonView},
    sliding::Hyperparameters,
    stage::{ColourScale, Focus},
};
use convocation_lessons::parse;

use crate::network::facts;

const FRONT: &str = "---\ntitle: By head\nminutes: 10\nnetwork: small\nlanguage: en\n---\n";

/// Lines of the front matter.
const FRONT_LINES: u32 = 6;

fn read(body: &str) -> Lesson {
    parse(&format!("{FRONT}{body}"), &facts()).unwrap()
}

fn only_step(body: &str) -> LessonStep {
    let [step] = <[LessonStep; 1]>::try_from(read(body).steps).unwrap();
    step
}

fn view(block: &str) -> LessonView {
    only_step(&format!("```stage\n{block}\n```")).view.unwrap()
}

/// The faults of a file with this body, lines counted in the body.
fn faults(body: &str) -> Vec<(u32, String)> {
    let faults = parse(&format!("{FRONT}{body}"), &facts()).unwrap_err();
    let lines = faults.into_iter();
    lines
        .map(|fault| (fault.line - FRONT_LINES, fault.message))
        .collect()
}

fn plain(focus: Focus) -> LessonView {
    LessonView {
        picture: None,
        focus,
        step: 0,
        rate: None,
        scale: None,
        detail: None,
        receptive_field: false,
        edit: None,
    }
}

fn unit(unit: u32) -> Focus {
    Focus::Unit {
        layer: "conv".into(),
        unit,
    }
}

#[test]
fn a_lesson_is_front_matter_and_steps() {
    let lesson = read(
        "\nFirst\nstep.\n\n```stage\nshow = \"overview\"\n```\n\nNote: Say *hello*.\n\nThen\nwait.\n\n- one\n- two\n\n---\n\n<!-- nobody sees this -->\n\nSecond.\n\n---\n\nNote: only notes\n",
    );
    assert_eq!((lesson.title.as_str(), lesson.minutes), ("By head", 10));
    assert_eq!(
        (lesson.network.as_str(), lesson.language.as_str()),
        ("small", "en")
    );
    assert_eq!(lesson.picture, PictureId("0a".repeat(16)));
    let expected = [
        LessonStep {
            caption: Some("First step.".to_owned()),
            view: Some(plain(Focus::Overview)),
            question: None,
            notes: "Say hello.\n\nThen wait.\n\n- one\n- two".to_owned(),
        },
        LessonStep {
            caption: Some("Second.".to_owned()),
            ..LessonStep::default()
        },
        LessonStep {
            notes: "only notes".to_owned(),
            ..LessonStep::default()
        },
    ];
    assert_eq!(lesson.steps, expected);
}

#[test]
fn the_same_lesson_in_the_line_endings_of_windows_and_with_a_byte_order_mark() {
    let text =
        format!("{FRONT}\nOne.\n\n```stage\nshow = \"unit\"\nlayer = \"conv\"\nunit = 2\n```\n");
    let other = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    assert_eq!(parse(&other, &facts()), parse(&text, &facts()));
}

#[test]
fn wrapped_lines_of_scripts_without_spaces_become_one() {
    assert_eq!(
        only_step("卷积核在图像上\n滑动。").caption.unwrap(),
        "卷积核在图像上滑动。"
    );
}

#[test]
fn a_title_may_be_quoted() {
    for (written, expected) in [
        ("By head: a start", "By head: a start"),
        ("\"By \\\"head\\\"\"", "By \"head\""),
        ("'It''s easy'", "It's easy"),
    ] {
        let text = FRONT.replace("By head", written);
        assert_eq!(parse(&text, &facts()).unwrap().title, expected);
    }
}

#[test]
fn a_stage_block_counts_as_the_screen_does() {
    let sizes = Hyperparameters {
        input: 7,
        padding: 1,
        kernel: 3,
        stride: 2,
        dilation: 1,
    };
    for (block, expected) in [
        ("show = \"overview\"", plain(Focus::Overview)),
        (
            "show = \"layer\"\nlayer = \"out\"",
            plain(Focus::Layer {
                layer: "out".into(),
            }),
        ),
        (
            "show = \"unit\"\nlayer = \"conv\"\nunit = 4\nrow = 2\ncolumn = 3\nplay = 16",
            LessonView {
                step: 5,
                rate: Some(16),
                ..plain(unit(3))
            },
        ),
        (
            "show = \"link\"\nlayer = \"conv\"\nunit = 1\ninput = 3\nrow = 5",
            LessonView {
                step: 12,
                ..plain(Focus::Link {
                    layer: "conv".into(),
                    unit: 0,
                    input: 2,
                })
            },
        ),
        (
            "show = \"class\"\nclass = \"espresso\"\npicture = \"cup\"\nscale = \"global\"\ndetail = false",
            LessonView {
                picture: Some(PictureId("0c".repeat(16))),
                scale: Some(ColourScale::Global),
                detail: Some(false),
                ..plain(Focus::Class { class: 1 })
            },
        ),
        (
            "show = \"hyperparameters\"\nrow = 4\ncolumn = 4\n[hyperparameters]\ninput = 7\npadding = 1\nkernel = 3\nstride = 2\ndilation = 1",
            LessonView {
                step: 15,
                ..plain(Focus::Hyperparameters(sizes))
            },
        ),
    ] {
        assert_eq!(view(block), expected, "{block}");
    }
}

#[test]
fn the_first_picture_of_a_family_goes_by_the_name_of_the_family() {
    for (name, expected) in [("koala", "0a"), ("koala-1", "0a"), ("koala-2", "0b")] {
        let picture = view(&format!("picture = \"{name}\"\nshow = \"overview\"")).picture;
        assert_eq!(picture, Some(PictureId(expected.repeat(16))));
    }
}

#[test]
fn a_famous_kernel_fills_all_kernels_of_the_unit() {
    let block = |kernel: &str| {
        format!("show = \"unit\"\nlayer = \"conv\"\nunit = 2\nkernel = \"{kernel}\"")
    };
    for (name, weights) in [
        ("zero", [0; 6]),
        // 1 / 6 / 3 inputs is 55.6 thousandths; all together 333.
        ("blur", [56, 56, 56, 53, 56, 56]),
        ("identity", [0, 333, 0, 0, 0, 0]),
    ] {
        let edit = view(&block(name)).edit.unwrap();
        assert_eq!(
            (edit.layer.as_str(), edit.unit, edit.bias),
            ("conv", 1, Some(0))
        );
        assert_eq!(edit.kernels.len(), 3);
        for (input, kernel) in edit.kernels.iter().enumerate() {
            assert_eq!(
                (kernel.input as usize, kernel.weights.as_slice()),
                (input, weights.as_slice()),
                "{name}"
            );
        }
    }
}

#[test]
fn a_kernel_in_numbers_names_its_inputs_from_1() {
    let edit = view(
        "show = \"unit\"\nlayer = \"conv\"\nunit = 1\n[edit]\nbias = -0.25\n[[edit.kernels]]\ninput = 2\nweights = [1, 0, -1, 0.5, 0, 0]",
    );
    let edit = edit.edit.unwrap();
    assert_eq!(edit.bias, Some(-250));
    assert_eq!(
        (edit.kernels[0].input, &edit.kernels[0].weights),
        (1, &vec![1000, 0, -1000, 500, 0, 0])
    );
}

#[test]
fn a_question_block_has_the_words_around_a_kind() {
    let ask = |block: &str| {
        only_step(&format!("```question\n{block}\n```"))
            .question
            .unwrap()
    };
    let wording = |text: &str, why: &str| {
        let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        Wording {
            text: some(text),
            why: some(why),
        }
    };
    for (block, expected) in [
        ("kind = \"value\"", Asked::Value(wording("", ""))),
        (
            "kind = \"sign\"\ntext = \"Plus or minus?\"\nwhy = \"ReLU\"",
            Asked::Sign(wording("Plus or minus?", "ReLU")),
        ),
        ("kind = \"winner\"", Asked::Winner(wording("", ""))),
        ("kind = \"topClass\"", Asked::TopClass(wording("", ""))),
        ("kind = \"outputSize\"", Asked::OutputSize(wording("", ""))),
        ("kind = \"pixel\"", Asked::Pixel(wording("", ""))),
        (
            "kind = \"fill\"",
            Asked::Fill(Fill {
                area: Area::Whole,
                text: None,
                why: None,
            }),
        ),
        (
            "kind = \"fill\"\narea = \"patch\"\nside = 3\ntext = \"Together!\"",
            Asked::Fill(Fill {
                area: Area::Patch { side: 3 },
                text: Some("Together!".to_owned()),
                why: None,
            }),
        ),
        (
            "kind = \"tile\"\nlayer = \"relu\"",
            Asked::Tile(Tile {
                layer: Some("relu".into()),
                text: None,
                why: None,
            }),
        ),
        (
            "kind = \"choice\"\ntext = \"Which?\"\noptions = [\"one\", \" two \"]\nright = 2",
            Asked::Choice(Choice {
                text: "Which?".to_owned(),
                options: vec!["one".to_owned(), "two".to_owned()],
                right: Some(1),
                why: None,
            }),
        ),
        (
            "kind = \"scale\"\ntext = \"How sure?\"\nlow = \"not\"\nhigh = \"very\"\nsteps = 5",
            Asked::Scale(Scale {
                text: "How sure?".to_owned(),
                low: "not".to_owned(),
                high: "very".to_owned(),
                steps: 5,
                why: None,
            }),
        ),
    ] {
        assert_eq!(ask(block), expected, "{block}");
        // What is read is what the rules would keep.
        assert_eq!(expected.checked().as_ref(), Ok(&expected));
    }
}

#[test]
fn faults_of_a_question_block() {
    let choice = |rest: &str| format!("kind = \"choice\"\ntext = \"Which?\"\n{rest}");
    let scale = |rest: &str| format!("kind = \"scale\"\ntext = \"How?\"\n{rest}");
    for (block, line, words) in [
        (
            "kind = \"riddle\"".to_owned(),
            2,
            "there are: value, sign, winner, topClass",
        ),
        ("text = \"Why?\"".to_owned(), 2, "missing field `kind`"),
        (
            "kind = \"value\"\noptions = [\"a\", \"b\"]".to_owned(),
            3,
            "`options` says nothing",
        ),
        (
            "kind = \"value\"\nside = 3".to_owned(),
            3,
            "`side` says nothing",
        ),
        (
            "kind = \"fill\"\narea = \"corner\"".to_owned(),
            3,
            "there are: whole, patch, spread",
        ),
        (
            "kind = \"fill\"\narea = \"patch\"".to_owned(),
            2,
            "from 2 to 6",
        ),
        (
            "kind = \"fill\"\narea = \"spread\"\nside = 7".to_owned(),
            4,
            "from 2 to 6",
        ),
        ("kind = \"fill\"\nside = 3".to_owned(), 3, "the whole map"),
        (
            "kind = \"tile\"\nlayer = \"conv_3\"".to_owned(),
            3,
            "this network has: input, conv, relu, out",
        ),
        (
            "kind = \"choice\"\noptions = [\"a\", \"b\"]".to_owned(),
            2,
            "`text` is missing",
        ),
        (choice(""), 2, "`options` is missing"),
        (choice("options = [\"a\"]"), 4, "2 to 6 options, not 1"),
        (
            choice("options = [\"a\", \" a\"]"),
            4,
            "option 2 is there twice",
        ),
        (
            choice("options = [\"a\", \"\"]"),
            4,
            "option 2 has 1 to 80 characters",
        ),
        (
            choice("options = [\"a\", \"b\"]\nright = 3"),
            5,
            "from 1 to 2",
        ),
        (
            choice("options = [\"a\", \"b\"]\nright = 0"),
            5,
            "from 1 to 2",
        ),
        (scale("low = \"a\"\nhigh = \"b\""), 2, "`steps` is missing"),
        (
            scale("low = \"a\"\nhigh = \"b\"\nsteps = 8"),
            6,
            "from 2 to 7",
        ),
        (scale("low = \"a\"\nsteps = 3"), 2, "`high` is missing"),
        (
            format!("kind = \"value\"\ntext = \"{}\"", "x".repeat(201)),
            3,
            "1 to 200 characters, not 201",
        ),
    ] {
        let found = faults(&format!("```question\n{block}\n```\n"));
        assert_eq!(found.len(), 1, "{block}: {found:?}");
        assert_eq!(found[0].0, line, "{block}: {found:?}");
        assert!(found[0].1.contains(words), "{block}: {found:?}");
    }
}

#[test]
fn a_block_without_show_changes_details_of_the_view_before() {
    let lesson = read(
        "```stage\nshow = \"unit\"\nlayer = \"conv\"\nunit = 2\nrow = 3\nplay = 4\n```\n\n---\n\n```stage\npicture = \"cup\"\nreceptive_field = true\n```\n",
    );
    let expected = LessonView {
        picture: Some(PictureId("0c".repeat(16))),
        step: 6,
        receptive_field: true,
        ..plain(unit(1))
    };
    assert_eq!(lesson.steps[1].view, Some(expected));
}

/// Texts with one fault: the line it is in, and words about it.
fn with_one_fault() -> Vec<(String, u32, &'static str)> {
    let stage = |block: &str| format!("```stage\n{block}\n```\n");
    let unit = |rest: &str| stage(&format!("show = \"unit\"\nlayer = \"conv\"\n{rest}"));
    vec![
        (
            stage("show = \"units\""),
            2,
            "there are: overview, layer, unit, link, class, hyperparameters",
        ),
        (
            stage("show = \"unit\"\nlayer = \"conv_3\"\nunit = 1"),
            3,
            "layer \"conv_3\" does not exist; this network has: input, conv, relu, out",
        ),
        // What depends on the layer is not blamed, too.
        (
            stage(
                "show = \"unit\"\nlayer = \"conv_3\"\nunit = 9\nrow = 1\nplay = 4\nkernel = \"blur\"",
            ),
            3,
            "layer \"conv_3\" does not exist",
        ),
        (
            stage("show = \"unit\""),
            2,
            "`layer` is missing; this network has: input, conv, relu, out",
        ),
        (
            unit("unit = 5"),
            4,
            "unit 5 does not exist; conv has units 1 to 4",
        ),
        (unit("unit = 0"), 4, "unit 0 does not exist"),
        (unit(""), 2, "`unit` is missing: a number from 1 to 4"),
        (unit("unit = -1"), 4, "u32"),
        (
            unit("unit = 1\nrow = 6"),
            5,
            "row 6 does not exist; there are rows 1 to 5",
        ),
        (
            unit("unit = 1\ncolumn = 0"),
            5,
            "column 0 does not exist; there are columns 1 to 3",
        ),
        (unit("unit = 1\nplay = 5"), 5, "[1, 4, 16, 64]"),
        (
            unit("unit = 1\nkernel = \"blurry\""),
            5,
            "there are: identity, blur, sharpen",
        ),
        (unit("unit = 1\nunits = 1"), 5, "expected one of"),
        (unit("unit = 1\nscale = \"all\""), 5, "block"),
        (
            unit("unit = 1\n[edit]\n[[edit.kernels]]\ninput = 1\nweights = [1]"),
            5,
            "2 × 3 = 6",
        ),
        (
            stage("show = \"unit\"\nlayer = \"relu\"\nunit = 1\nkernel = \"blur\""),
            5,
            "with a convolution",
        ),
    ]
}

/// The same, of links, classes, the diagram and the text around the blocks.
fn with_another_fault() -> Vec<(String, u32, &'static str)> {
    let stage = |block: &str| format!("```stage\n{block}\n```\n");
    vec![
        (
            stage("show = \"link\"\nlayer = \"relu\"\nunit = 2\ninput = 1"),
            5,
            "it reads input 2 only",
        ),
        (
            stage("show = \"link\"\nlayer = \"conv\"\nunit = 2\ninput = 4"),
            5,
            "it reads inputs 1 to 3",
        ),
        (
            stage("show = \"class\"\nclass = \"tea\""),
            3,
            "this network has: red panda, espresso",
        ),
        (
            stage("picture = \"dog\""),
            2,
            "this network has: koala-1, koala-2, cup",
        ),
        (
            stage("show = \"overview\"\nrow = 1"),
            3,
            "`row` says nothing here",
        ),
        (stage("layer = \"conv\""), 2, "`layer` needs `show`"),
        (
            stage("show = \"hyperparameters\""),
            2,
            "a table `[hyperparameters]`",
        ),
        (
            stage(
                "show = \"hyperparameters\"\n[hyperparameters]\ninput = 3\npadding = 0\nkernel = 5\nstride = 1\ndilation = 1",
            ),
            3,
            "nothing comes out",
        ),
        (stage("show = "), 2, ""),
        (
            "```stage\n```\n\n```stage\n```\n".to_owned(),
            4,
            "this is the second",
        ),
        (
            "```python\n1\n```\n".to_owned(),
            1,
            "a `question`, not 'python'",
        ),
        ("# Title\n".to_owned(), 1, "plain text"),
        ("\n\n- a\n- b\n".to_owned(), 3, "plain text"),
        (
            "Text\n---\nMore\n".to_owned(),
            1,
            "put an empty line before `---`",
        ),
        (
            format!("\n{}\n", "x".repeat(201)),
            2,
            "at most 200 characters; this has 201",
        ),
        (
            format!("A\n\nNote: {}\n", "x".repeat(2001)),
            1,
            "at most 2000 characters",
        ),
    ]
}

#[test]
fn faults_name_the_line_and_what_there_is() {
    for (body, line, words) in with_one_fault().into_iter().chain(with_another_fault()) {
        let found = faults(&body);
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        assert_eq!(found[0].0, line, "{body}: {found:?}");
        assert!(found[0].1.contains(words), "{body}: {found:?}");
    }
}

#[test]
fn faults_of_the_front_matter() {
    for (from, to, line, words) in [
        ("---\ntitle", "title", 1, "begins with a line `---`"),
        ("language: en\n---", "language: en", 1, "does not end"),
        ("title: By head\n", "", 1, "`title` is missing"),
        ("By head", "", 2, "1 to 100 characters"),
        ("10", "soon", 3, "a whole number from 1 to 600, not 'soon'"),
        ("10", "0", 3, "a whole number"),
        ("small", "large", 4, "lesson of network 'small'"),
        ("en\n", "English!\n", 5, "a tag such as en, es, de or zh"),
        (
            "minutes: 10",
            "minutes: 10\nauthor: me",
            4,
            "there are: title, minutes, network, language",
        ),
        ("minutes: 10", "minutes: 10\nminutes: 11", 4, "there twice"),
    ] {
        let faults = parse(&FRONT.replacen(from, to, 1), &facts()).unwrap_err();
        assert_eq!(faults.len(), 1, "{to}: {faults:?}");
        assert_eq!(faults[0].line, line, "{to}: {faults:?}");
        assert!(faults[0].message.contains(words), "{to}: {faults:?}");
    }
}

#[test]
fn all_faults_are_told_at_once_in_order() {
    let found = faults(
        "```stage\nshow = \"unit\"\nlayer = \"conv\"\nunit = 9\n```\n\n---\n\n```stage\npicture = \"dog\"\nshow = \"what\"\n```\n",
    );
    assert_eq!(
        found.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        [4, 10, 11]
    );
}
