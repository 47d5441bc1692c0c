//! Why a command or a newcomer was refused. A rejection is an answer, not an error: the class is as it was.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The reason, with words for the person in `Display`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    TS,
    thiserror::Error,
)]
#[serde(rename_all = "camelCase")]
pub enum Rejection {
    /// The class is over.
    #[error("the class is over")]
    Ended,
    /// No such seat, or it was removed.
    #[error("nobody sits there any more")]
    UnknownSeat,
    /// Someone else drives now.
    #[error("someone else drives the class now")]
    NotDriver,
    /// The role does not allow it.
    #[error("only the instructors can do that")]
    NotAllowed,
    /// The network is not there.
    #[error("this server has no such network")]
    UnknownNetwork,
    /// The picture is not there.
    #[error("the picture is not there any more: choose it again")]
    UnknownPicture,
    /// The network has no such layer.
    #[error("the network has no such layer")]
    UnknownLayer,
    /// The layer has no such unit.
    #[error("the layer has no such unit")]
    UnknownUnit,
    /// The unit does not read that unit.
    #[error("these two units are not connected")]
    UnknownLink,
    /// The network has no such class.
    #[error("the network has no such class")]
    UnknownClass,
    /// The window is larger than what it slides over, or a size is out of range.
    #[error("with these sizes nothing comes out: make the kernel smaller or the input larger")]
    NoOutput,
    /// The layer has no kernels, or those given do not fit.
    #[error("this kernel does not fit the unit")]
    BadKernel,
    /// The server has no such lesson.
    #[error("this server has no such lesson")]
    UnknownLesson,
    /// The class is in no lesson.
    #[error("choose a lesson first")]
    NoLesson,
    /// The lesson has no such step.
    #[error("the lesson has no such step")]
    UnknownStep,
    /// The lesson is about another network than the one on the stage.
    #[error("the lesson is about another network")]
    OtherNetwork,
    /// The lesson has all the steps it can have.
    #[error("the lesson has all the steps it can have")]
    LessonFull,
    /// What is in view has no steps.
    #[error("open a unit first: there is nothing to step through")]
    NoSteps,
    /// Past the last step.
    #[error("the last step comes earlier")]
    StepOutOfRange,
    /// Not one of the speeds.
    #[error("this speed is not offered")]
    UnknownRate,
    /// Too long, empty, or with control characters.
    #[error("this text is empty, too long, or has characters that cannot be shown")]
    BadText,
    /// Wrong number of options or steps, the same option twice, or a right one that is not there.
    #[error("this question cannot be answered: check its options")]
    BadQuestion,
    /// What is in view has no such question.
    #[error("this cannot be asked about what is on the stage")]
    NotAskable,
    /// A question is open: the stage does not move on.
    #[error("a question is open: close it first")]
    QuestionOpen,
    /// No such question is before the class, or it takes no answers any more.
    #[error("this question is over")]
    NoQuestion,
    /// The question has no such answer.
    #[error("the question has no such answer")]
    UnknownAnswer,
    /// The cell was not dealt to this seat.
    #[error("this cell is not yours")]
    UnknownCell,
    /// The seat has every cell there is.
    #[error("you have computed every cell")]
    NoCell,
    /// The class has voted twice, or has seen the answer.
    #[error("the class cannot vote on this question again")]
    NoVote,
    /// Students must follow for now.
    #[error("the instructor keeps the class together for now")]
    Together,
    /// Students' screens stand still for now.
    #[error("the instructor has paused the class")]
    Paused,
    /// Nobody new may join.
    #[error("the instructor has locked the class")]
    Locked,
    /// The class has all the seats it can have.
    #[error("the class is full")]
    Full,
    /// The host seat stays.
    #[error("the host cannot be removed")]
    HostStays,
    /// Nobody may ask for now.
    #[error("the instructor takes no questions for now")]
    AsksMuted,
    /// This seat has asked as much as it may at a time.
    #[error("you have as many open questions as you may: wait for an answer or withdraw one")]
    TooManyAsks,
    /// The class has asked as much as it may at a time.
    #[error("there are as many open questions as there may be: vote for one of them")]
    AsksFull,
    /// It was answered, withdrawn or cleared, or never asked.
    #[error("this question is not open any more")]
    UnknownAsk,
    /// Votes are for what others ask.
    #[error("this is your own question")]
    OwnAsk,
    /// The class is offered as many views as it can look through.
    #[error("as many views are offered as there may be: wait until one is taken away")]
    ViewsFull,
    /// It was taken back or away, or never offered.
    #[error("this view is not on offer any more")]
    UnknownView,
    /// Not decided by the rules: the server has too much to do, or cannot write the journal.
    #[error("the server is busy: try again in a moment")]
    Busy,
}
