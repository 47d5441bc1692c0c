//! What participants ask for. Whether they get it is decided in `class`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asked::Asked,
    asks::{AskId, Spot},
    decimal::Decimal,
    edit::KernelEdit,
    ids::{LessonId, NetworkId, PictureId, QuestionId, SeatId},
    pace::Roaming,
    question::Answer,
    stage::{ColourScale, Focus},
    views::{StudentView, ViewId},
};

/// One wish of one participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Command {
    /// Driver: show another network; back to its overview.
    ChooseNetwork {
        /// The network.
        network: NetworkId,
        /// The first picture to show it with.
        picture: PictureId,
    },
    /// Driver: show another picture; focus and step stay.
    ChoosePicture {
        /// The picture.
        picture: PictureId,
    },
    /// Driver: look at something else; the step goes back to the first.
    Focus {
        /// What to look at.
        focus: Focus,
    },
    /// Driver: stand at a step.
    Step {
        /// The step, from 0.
        step: u32,
    },
    /// Driver: move on from a step.
    Play {
        /// The step to start at.
        from: u32,
        /// Steps per second: one of [`crate::stage::RATES`].
        rate: u32,
    },
    /// Driver: stop moving at the step the driver sees.
    Pause {
        /// That step.
        step: u32,
    },
    /// Driver: reach of the colour scale.
    SetScale {
        /// The new reach.
        scale: ColourScale,
    },
    /// Driver: show or hide shapes, full names and legends.
    SetDetail {
        /// Whether they are shown.
        detail: bool,
    },
    /// Driver: mark the part of the picture that the open unit sees, or not.
    SetReceptiveField {
        /// Whether it is marked.
        shown: bool,
    },
    /// Driver: try a kernel instead of the learned one, or go back to that.
    EditKernel {
        /// The kernel, or none.
        edit: Option<KernelEdit>,
    },
    /// Driver: a sentence for the class, or none.
    SetCaption {
        /// The sentence.
        caption: Option<String>,
    },
    /// Driver: put a question before the class. The network on the stage says what can be answered.
    OpenQuestion {
        /// The question.
        question: Asked,
    },
    /// Driver: take no more answers.
    CloseQuestion,
    /// Driver: take answers once more, after the class has talked about it.
    VoteAgain,
    /// Driver: show everyone what was answered and what is right.
    Reveal,
    /// Driver: take the question away.
    DismissQuestion,
    /// Student: answer, or answer differently while the question is open.
    Answer(Answer),
    /// Student: what one has computed for a cell that was dealt to one, or computed anew while the question is open.
    FillCell {
        /// Of which question.
        question: QuestionId,
        /// Which cell, from 0.
        cell: u32,
        /// Its value.
        number: Decimal,
    },
    /// Student: compute one cell more, after those one has.
    TakeCell {
        /// Of which question.
        question: QuestionId,
    },
    /// Driver: begin a lesson that this server has.
    LoadLesson {
        /// Which one.
        lesson: LessonId,
    },
    /// Driver: begin a lesson of one's own, without steps yet, about the network on the stage.
    NewLesson {
        /// What it is called.
        title: String,
        /// How long it is meant to take.
        minutes: u32,
        /// The language it will be in, as a tag of BCP 47.
        language: String,
    },
    /// Driver: be in no lesson any more; the stage stays as it is.
    LeaveLesson,
    /// Driver: show a step of the lesson.
    GoToStep {
        /// The step, from 0.
        step: u32,
    },
    /// Driver: show the step after the last one shown.
    NextStep,
    /// Driver: show the step before the last one shown.
    PreviousStep,
    /// Driver: make a step of what is on the stage.
    CaptureStep {
        /// The place it gets, from 0; at most the number of steps.
        at: u32,
    },
    /// Driver: write the texts of a step anew.
    EditStep {
        /// The step, from 0.
        at: u32,
        /// The sentence for the class, or none.
        caption: Option<String>,
        /// For the instructor's eyes.
        notes: String,
        /// The question that belongs to it, or none.
        question: Option<Asked>,
    },
    /// Driver: give a step another place.
    MoveStep {
        /// The step, from 0.
        from: u32,
        /// Its place afterwards.
        to: u32,
    },
    /// Driver: take a step out of the lesson.
    RemoveStep {
        /// The step, from 0.
        at: u32,
    },
    /// Driver: take the last change of the lesson back.
    UndoLesson,
    /// Driver: how freely students explore.
    SetRoaming {
        /// The new freedom.
        roaming: Roaming,
    },
    /// Driver: call every student back to the stage once.
    Gather,
    /// Driver: let every screen stand still, or go on.
    SetPaused {
        /// Whether the class stands still.
        paused: bool,
    },
    /// Student: show the stage again.
    Follow,
    /// Student: go one's own way.
    Explore,
    /// Student: ask the instructor something, without a name.
    Ask {
        /// What one would like to know.
        text: String,
        /// The view it is about, if about one.
        spot: Option<Spot>,
        /// The step at which the kernel stands, from 0.
        step: u32,
    },
    /// Student: take back what one has asked.
    WithdrawAsk {
        /// What.
        ask: AskId,
    },
    /// Student: would like to know what another asked, too; or not any more.
    VoteAsk {
        /// What.
        ask: AskId,
        /// Whether the vote is given or taken back.
        up: bool,
    },
    /// Staff: what was asked is answered, or open again.
    MarkAsk {
        /// What.
        ask: AskId,
        /// Whether it is answered.
        answered: bool,
    },
    /// Staff: take away what was asked.
    ClearAsk {
        /// What.
        ask: AskId,
    },
    /// Staff: let nobody ask for now, or let them again.
    MuteAsks {
        /// Whether nobody may ask.
        muted: bool,
    },
    /// Student: does not understand this view.
    Lost {
        /// The view.
        spot: Option<Spot>,
    },
    /// Student: is not lost, or not any more.
    Found,
    /// Driver: ask the class who shows its own view, or not any more.
    CallViews {
        /// Whether it is asked for.
        called: bool,
    },
    /// Student: let the class see this view, without a name; it takes the place of the one offered before.
    OfferView(StudentView),
    /// Student: take the offered view back.
    WithdrawView,
    /// Staff: take an offered view away.
    ClearView {
        /// Which; none for all of them.
        view: Option<ViewId>,
    },
    /// Driver: put an offered view on the stage.
    ShowView {
        /// Which.
        view: ViewId,
    },
    /// Driver: back to where the class was before it was shown a student's view.
    ReturnStage,
    /// Anyone: one's own name. Staff: anyone's.
    Rename {
        /// Whose name.
        seat: SeatId,
        /// The new name.
        name: String,
    },
    /// Staff: let nobody new in, or let them in again.
    Lock {
        /// Whether the class is closed to newcomers.
        locked: bool,
    },
    /// Staff: let projectors show how to join, filling the screen, or the stage again.
    ShowCode {
        /// Whether it is shown.
        shown: bool,
    },
    /// Staff: let students explore with pictures of their own, or not.
    AllowPictures {
        /// Whether they may.
        allowed: bool,
    },
    /// Staff: send a student or projector away for good. Host: an assistant too.
    Remove {
        /// Who goes.
        seat: SeatId,
    },
    /// Driver or host: give the wheel to someone of the staff. The host takes it back by naming itself.
    HandOver {
        /// Who drives from now on.
        to: SeatId,
    },
    /// Host: the class is over.
    End,
}
