use convocation_classroom::{
    command::Command,
    edit::{EDITED_MOST, EDITED_WEIGHTS, KernelEdit, KernelWeights},
    entry::Event,
    rejection::Rejection,
    sliding::Hyperparameters,
    stage::{ColourScale, Focus, Playback, RATES, Stage},
};

use crate::lecture::*;

fn on_class(class: u32) -> Command {
    Command::Focus {
        focus: Focus::Class { class },
    }
}

fn overview() -> Command {
    Command::Focus {
        focus: Focus::Overview,
    }
}

fn slide(input: u32, padding: u32, kernel: u32) -> Command {
    Command::Focus {
        focus: Focus::Hyperparameters(Hyperparameters {
            input,
            padding,
            kernel,
            stride: 1,
            dilation: 1,
        }),
    }
}

/// A lecture that is deep in the network, with everything set to something unusual.
fn busy_lecture() -> Lecture {
    let mut lecture = lecture();
    lecture.host(on_link("relu", 2, 2));
    lecture.host(Command::SetScale {
        scale: ColourScale::Global,
    });
    lecture.host(Command::SetDetail { detail: true });
    lecture.host(Command::SetReceptiveField { shown: true });
    lecture.host(edit(kernels(&[1])));
    lecture.host(caption("Look"));
    lecture.host(Command::Play { from: 3, rate: 4 });
    lecture
}

#[test]
fn r20_equip_makes_a_network_known() {
    let mut lecture = lecture();
    assert_eq!(
        lecture.tells(HOST, choose("new")),
        Err(Rejection::UnknownNetwork)
    );
    let changes = lecture
        .happens(Event::Equip {
            outline: outline("new", "conv"),
        })
        .unwrap();
    assert!(changes.equipped && !changes.stage);
    assert!(lecture.class.knows(&"new".into()));
    lecture.host(choose("new"));
    assert_eq!(lecture.class.stage().network, "new".into());
}

#[test]
fn r20_another_outline_of_the_network_on_the_stage_goes_to_the_overview() {
    let mut lecture = busy_lecture();
    let expected = Stage {
        focus: Focus::Overview,
        playback: Playback::START,
        edit: None,
        ..lecture.class.stage().clone()
    };
    let changes = lecture
        .happens(Event::Equip {
            outline: outline("small", "renamed"),
        })
        .unwrap();
    assert!(changes.equipped && changes.stage && changes.pace);
    assert_eq!(*lecture.class.stage(), expected);
    assert_eq!(lecture.class.pace().taught, 0);
    lecture.host(on_layer("renamed"));
}

#[test]
fn r21_another_network_begins_at_its_overview() {
    let mut lecture = busy_lecture();
    let expected = Stage {
        network: "other".into(),
        picture: "dog".into(),
        focus: Focus::Overview,
        playback: Playback::START,
        edit: None,
        ..lecture.class.stage().clone()
    };
    lecture.host(Command::ChooseNetwork {
        network: "other".into(),
        picture: "dog".into(),
    });
    assert_eq!(*lecture.class.stage(), expected);
    assert_eq!(lecture.class.pace().taught, 0);
}

#[test]
fn r21_what_was_taught_holds_for_another_epoch() {
    let mut lecture = busy_lecture();
    let changes = lecture.host(choose("epoch"));
    assert!(changes.stage && !changes.pace);
    assert_eq!(lecture.class.pace().taught, 2);
}

#[test]
fn r22_another_picture_changes_nothing_else() {
    let mut lecture = busy_lecture();
    let expected = Stage {
        picture: "dog".into(),
        ..lecture.class.stage().clone()
    };
    lecture.host(picture("dog"));
    assert_eq!(*lecture.class.stage(), expected);
}

#[test]
fn r23_only_what_exists_can_be_focused() {
    for (command, expected) in [
        (overview(), Ok(())),
        (on_layer("input"), Ok(())),
        (on_layer("out"), Ok(())),
        (on_layer("filter"), Err(Rejection::UnknownLayer)),
        (on_layer(""), Err(Rejection::UnknownLayer)),
        (on_unit("input", 2), Ok(())),
        (on_unit("conv", 3), Ok(())),
        (on_unit("conv", 4), Err(Rejection::UnknownUnit)),
        (on_unit("conv", u32::MAX), Err(Rejection::UnknownUnit)),
        (on_link("conv", 3, 2), Ok(())),
        (on_link("conv", 3, 3), Err(Rejection::UnknownLink)),
        (on_link("conv", 4, 3), Err(Rejection::UnknownUnit)),
        (on_link("relu", 3, 3), Ok(())),
        (on_link("relu", 3, 2), Err(Rejection::UnknownLink)),
        (on_link("input", 0, 0), Err(Rejection::UnknownLink)),
        (on_class(4), Ok(())),
        (on_class(5), Err(Rejection::UnknownClass)),
        (slide(5, 0, 5), Ok(())),
        (slide(5, 0, 6), Err(Rejection::NoOutput)),
        (slide(5, 1, 6), Ok(())),
        (slide(17, 0, 3), Err(Rejection::NoOutput)),
        (slide(0, 8, 3), Err(Rejection::NoOutput)),
        (slide(5, u32::MAX, 3), Err(Rejection::NoOutput)),
    ] {
        assert_eq!(
            lecture().tells(HOST, command.clone()).map(drop),
            expected,
            "{command:?}"
        );
    }
}

#[test]
fn r24_a_focus_starts_paused_at_the_first_step() {
    for command in [
        slide(5, 1, 3),
        on_link("conv", 2, 2),
        on_unit("out", 0),
        on_layer("conv"),
        overview(),
    ] {
        let mut lecture = busy_lecture();
        lecture.host(command);
        assert_eq!(lecture.class.stage().playback, Playback::START);
    }
}

#[test]
fn r24_the_kernel_stays_where_it_is_within_a_layer() {
    for command in [
        on_link("relu", 1, 1),
        on_unit("relu", 1),
        on_unit("relu", 3),
    ] {
        let mut lecture = busy_lecture();
        let before = lecture.class.stage().playback;
        lecture.host(command);
        assert_eq!(lecture.class.stage().playback, before);
        assert_ne!(before, Playback::START);
    }
}

#[test]
fn r24_what_was_focused_is_taught_and_stays_so() {
    let mut lecture = lecture();
    for (command, taught) in [
        (on_layer("input"), 0),
        (on_unit("relu", 0), 2),
        (on_layer("conv"), 2),
        (overview(), 2),
        (slide(5, 1, 3), 2),
        (on_class(0), 3),
        (on_layer("input"), 3),
    ] {
        lecture.host(command.clone());
        assert_eq!(lecture.class.pace().taught, taught, "{command:?}");
    }
}

#[test]
fn r25_only_units_and_links_that_are_computed_have_steps() {
    for (focus, expected) in [
        (overview(), Err(Rejection::NoSteps)),
        (on_layer("conv"), Err(Rejection::NoSteps)),
        (on_class(0), Err(Rejection::NoSteps)),
        (on_unit("input", 0), Err(Rejection::NoSteps)),
        (on_unit("conv", 0), Ok(())),
        (on_link("relu", 1, 1), Ok(())),
        (on_unit("out", 1), Ok(())),
        (slide(5, 1, 3), Ok(())),
    ] {
        for command in [
            Command::Step { step: 0 },
            Command::Pause { step: 0 },
            Command::Play { from: 0, rate: 1 },
        ] {
            let mut lecture = lecture();
            lecture.host(focus.clone());
            assert_eq!(
                lecture.tells(HOST, command).map(drop),
                expected,
                "{focus:?}"
            );
        }
    }
}

#[test]
fn r25_hyperparameters_have_a_step_per_output_cell() {
    // Output sizes after Dumoulin and Visin (2016), figures 2.1 to 2.7 and 5.1.
    for (sizes, side) in [
        ((4, 0, 3, 1, 1), 2),
        ((5, 2, 4, 1, 1), 6),
        ((5, 1, 3, 1, 1), 5),
        ((5, 2, 3, 1, 1), 7),
        ((5, 0, 3, 2, 1), 2),
        ((6, 1, 3, 2, 1), 3),
        ((7, 0, 3, 1, 2), 3),
    ] {
        let (input, padding, kernel, stride, dilation) = sizes;
        let focus = Focus::Hyperparameters(Hyperparameters {
            input,
            padding,
            kernel,
            stride,
            dilation,
        });
        let mut lecture = lecture();
        lecture.host(Command::Focus { focus });
        let last = side * side - 1;
        lecture.host(Command::Step { step: last });
        assert_eq!(
            lecture.tells(HOST, Command::Step { step: last + 1 }),
            Err(Rejection::StepOutOfRange),
            "{sizes:?}"
        );
    }
}

#[test]
fn r25_r26_r27_no_step_past_the_last() {
    for (step, expected) in [
        (0, Ok(())),
        (STEPS - 1, Ok(())),
        (STEPS, Err(Rejection::StepOutOfRange)),
        (u32::MAX, Err(Rejection::StepOutOfRange)),
    ] {
        for command in [
            Command::Step { step },
            Command::Pause { step },
            Command::Play {
                from: step,
                rate: 1,
            },
        ] {
            let mut lecture = lecture();
            lecture.host(on_unit("conv", 0));
            assert_eq!(
                lecture.tells(HOST, command.clone()).map(drop),
                expected,
                "{command:?}"
            );
        }
    }
}

#[test]
fn r25_r27_step_and_pause_stand() {
    for command in [Command::Step { step: 7 }, Command::Pause { step: 7 }] {
        let mut lecture = busy_lecture();
        lecture.host(command);
        assert_eq!(lecture.class.stage().playback, Playback::Paused { step: 7 });
    }
}

#[test]
fn r26_play_moves_since_the_time_of_the_entry() {
    for rate in RATES {
        let mut lecture = lecture();
        lecture.host(on_unit("conv", 0));
        lecture.host(Command::Play { from: 5, rate });
        let since = lecture.now();
        assert_eq!(
            lecture.class.stage().playback,
            Playback::Playing {
                from: 5,
                since,
                rate
            }
        );
    }
}

#[test]
fn r26_play_at_the_last_step_starts_over() {
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 0));
    lecture.host(Command::Play {
        from: STEPS - 1,
        rate: 4,
    });
    let since = lecture.now();
    assert_eq!(
        lecture.class.stage().playback,
        Playback::Playing {
            from: 0,
            since,
            rate: 4
        }
    );
}

#[test]
fn r26_only_offered_rates_play() {
    for rate in [0, 2, 65, u32::MAX] {
        let mut lecture = lecture();
        lecture.host(on_unit("conv", 0));
        assert_eq!(
            lecture.tells(HOST, Command::Play { from: 0, rate }),
            Err(Rejection::UnknownRate)
        );
    }
}

#[test]
fn r28_scale_detail_and_receptive_field_touch_nothing_else() {
    let mut lecture = busy_lecture();
    let before = lecture.class.stage().clone();
    lecture.host(Command::SetScale {
        scale: ColourScale::Module,
    });
    lecture.host(Command::SetDetail { detail: false });
    lecture.host(Command::SetReceptiveField { shown: false });
    let expected = Stage {
        scale: ColourScale::Module,
        detail: false,
        receptive_field: false,
        ..before
    };
    assert_eq!(*lecture.class.stage(), expected);
}

#[test]
fn r29_a_caption_stays_until_taken_away() {
    let mut lecture = lecture();
    lecture.host(caption("Look"));
    lecture.host(on_layer("conv"));
    lecture.host(choose("other"));
    assert_eq!(lecture.class.stage().caption.as_deref(), Some("Look"));
    lecture.host(Command::SetCaption { caption: None });
    assert_eq!(lecture.class.stage().caption, None);
}

#[test]
fn r36_a_kernel_is_tried_until_it_is_taken_away() {
    let mut lecture = busy_lecture();
    let before = lecture.class.stage().clone();
    let tried = edit(kernels(&[0, 2]));
    lecture.host(tried.clone());
    let Command::EditKernel { edit } = tried else {
        unreachable!()
    };
    assert_eq!(
        *lecture.class.stage(),
        Stage {
            edit,
            ..before.clone()
        }
    );
    lecture.host(overview());
    lecture.host(on_link("relu", 2, 2));
    lecture.host(picture("dog"));
    assert!(lecture.class.stage().edit.is_some());
    lecture.host(Command::EditKernel { edit: None });
    assert_eq!(lecture.class.stage().edit, None);
}

#[test]
fn r36_only_kernels_that_fit_are_tried() {
    let sized = |size| KernelEdit {
        kernels: vec![KernelWeights {
            input: 0,
            weights: vec![1; size],
        }],
        ..kernels(&[])
    };
    let biased = |bias| KernelEdit {
        bias: Some(bias),
        ..kernels(&[])
    };
    let mut heavy = kernels(&[0]);
    heavy.kernels[0].weights[3] = -EDITED_MOST - 1;
    for (tried, expected) in [
        (kernels(&[]), Ok(())),
        (kernels(&[0, 1, 2]), Ok(())),
        (biased(EDITED_MOST), Ok(())),
        (biased(EDITED_MOST + 1), Err(Rejection::BadKernel)),
        (heavy, Err(Rejection::BadKernel)),
        (kernels(&[1, 0]), Err(Rejection::BadKernel)),
        (kernels(&[1, 1]), Err(Rejection::BadKernel)),
        (sized(KERNEL as usize - 1), Err(Rejection::BadKernel)),
        (sized(KERNEL as usize + 1), Err(Rejection::BadKernel)),
        (kernels(&[3]), Err(Rejection::UnknownLink)),
        (of("relu", 0), Err(Rejection::BadKernel)),
        (of("conv", 4), Err(Rejection::UnknownUnit)),
        (of("filter", 0), Err(Rejection::UnknownLayer)),
    ] {
        let outcome = lecture().tells(HOST, edit(tried.clone())).map(drop);
        assert_eq!(outcome, expected, "{tried:?}");
    }
}

#[test]
fn r36_an_edit_has_a_limit() {
    let inputs = u32::try_from(EDITED_WEIGHTS).unwrap() / KERNEL;
    let all: Vec<u32> = (0..=inputs).collect();
    let (fitting, _) = all.split_at(all.len() - 1);
    assert!(kernels(fitting).is_sound(KERNEL));
    assert!(!kernels(&all).is_sound(KERNEL));
}

fn of(layer: &str, unit: u32) -> KernelEdit {
    KernelEdit {
        layer: layer.into(),
        unit,
        ..kernels(&[0])
    }
}
