//! Every rule of a class, by the noun it is about. A rule checks first and changes afterwards, so that a refusal leaves
//! nothing half done. Numbers refer to `SPEC.md`.

pub(crate) mod asks;
pub(crate) mod filling;
pub(crate) mod lesson;
pub(crate) mod lost;
pub(crate) mod pace;
pub(crate) mod question;
pub(crate) mod room;
pub(crate) mod seats;
mod showing;
pub(crate) mod stage;
pub(crate) mod views;

use crate::{
    changes::Changes,
    class::Class,
    command::Command,
    ids::{ClassTime, SeatId},
    rejection::Rejection,
    seat::Role,
};

type Outcome = Result<Changes, Rejection>;

/// Who asks, in which role, and when.
#[derive(Clone, Copy)]
pub(crate) struct Caller {
    pub id: SeatId,
    pub role: Role,
    pub at: ClassTime,
}

impl Caller {
    /// R7: for those who keep order.
    fn is_staff(self) -> Result<(), Rejection> {
        if self.role.is_staff() {
            Ok(())
        } else {
            Err(Rejection::NotAllowed)
        }
    }

    /// R8: for the one who drives.
    pub(crate) fn drives(self, class: &Class) -> Result<(), Rejection> {
        self.is_staff()?;
        if class.driver == self.id {
            Ok(())
        } else {
            Err(Rejection::NotDriver)
        }
    }

    /// R70: for the one who drives, while no question is open.
    pub(crate) fn moves(self, class: &Class) -> Result<(), Rejection> {
        self.drives(class)?;
        if class.has_open_question() {
            Err(Rejection::QuestionOpen)
        } else {
            Ok(())
        }
    }

    /// R9: for students.
    fn is_student(self) -> Result<(), Rejection> {
        if self.role == Role::Student {
            Ok(())
        } else {
            Err(Rejection::NotAllowed)
        }
    }

    /// R10: for the host.
    fn is_host(self) -> Result<(), Rejection> {
        if self.role == Role::Host {
            Ok(())
        } else {
            Err(Rejection::NotAllowed)
        }
    }
}

/// Lets one command of someone who has a seat happen in a class that is not over.
pub(crate) fn command(class: &mut Class, caller: Caller, command: &Command) -> Outcome {
    match command {
        Command::ChooseNetwork { network, picture } => {
            caller.moves(class)?;
            stage::choose_network(class, network, picture)
        }
        Command::ChoosePicture { picture } => {
            caller.moves(class)?;
            Ok(stage::choose_picture(class, picture))
        }
        Command::Focus { focus } => {
            caller.moves(class)?;
            stage::focus(class, focus)
        }
        Command::Step { step } | Command::Pause { step } => {
            caller.moves(class)?;
            stage::stand(class, *step)
        }
        Command::Play { from, rate } => {
            caller.moves(class)?;
            stage::play(
                class,
                &stage::Start {
                    from: *from,
                    since: caller.at,
                    rate: *rate,
                },
            )
        }
        Command::SetScale { scale } => {
            caller.drives(class)?;
            Ok(stage::set_scale(class, *scale))
        }
        Command::SetDetail { detail } => {
            caller.drives(class)?;
            Ok(stage::set_detail(class, *detail))
        }
        Command::SetReceptiveField { shown } => {
            caller.drives(class)?;
            Ok(stage::set_receptive_field(class, *shown))
        }
        Command::EditKernel { edit } => {
            caller.moves(class)?;
            stage::edit_kernel(class, edit.as_ref())
        }
        Command::SetCaption { caption } => {
            caller.drives(class)?;
            stage::set_caption(class, caption.as_deref())
        }
        Command::OpenQuestion { .. }
        | Command::CloseQuestion
        | Command::VoteAgain
        | Command::Reveal
        | Command::DismissQuestion
        | Command::Answer(_)
        | Command::FillCell { .. }
        | Command::TakeCell { .. } => questioning(class, caller, command),
        Command::LoadLesson { .. }
        | Command::GoToStep { .. }
        | Command::NextStep
        | Command::PreviousStep => {
            caller.moves(class)?;
            teach(class, caller.at, command)
        }
        Command::NewLesson { .. }
        | Command::LeaveLesson
        | Command::CaptureStep { .. }
        | Command::EditStep { .. }
        | Command::MoveStep { .. }
        | Command::RemoveStep { .. }
        | Command::UndoLesson => {
            caller.drives(class)?;
            teach(class, caller.at, command)
        }
        Command::SetRoaming { .. }
        | Command::SetPaused { .. }
        | Command::Gather
        | Command::Follow
        | Command::Explore => pacing(class, caller, command),
        Command::Ask { .. }
        | Command::WithdrawAsk { .. }
        | Command::VoteAsk { .. }
        | Command::MarkAsk { .. }
        | Command::ClearAsk { .. }
        | Command::MuteAsks { .. }
        | Command::Lost { .. }
        | Command::Found => asking(class, caller, command),
        Command::CallViews { .. }
        | Command::OfferView(_)
        | Command::WithdrawView
        | Command::ClearView { .. }
        | Command::ShowView { .. }
        | Command::ReturnStage => viewing(class, caller, command),
        Command::Rename { .. }
        | Command::Lock { .. }
        | Command::Remove { .. }
        | Command::ShowCode { .. }
        | Command::AllowPictures { .. }
        | Command::HandOver { .. }
        | Command::End => keeping_order(class, caller, command),
    }
}

/// How far from the instructor students go.
fn pacing(class: &mut Class, caller: Caller, command: &Command) -> Outcome {
    match command {
        Command::SetRoaming { roaming } => {
            caller.drives(class)?;
            Ok(pace::set_roaming(class, *roaming, caller.at))
        }
        Command::SetPaused { paused } => {
            caller.drives(class)?;
            Ok(pace::set_paused(class, *paused, caller.at))
        }
        Command::Gather => {
            caller.drives(class)?;
            Ok(pace::gather(class, caller.at))
        }
        Command::Follow => {
            caller.is_student()?;
            Ok(pace::follow(class, caller.id))
        }
        Command::Explore => {
            caller.is_student()?;
            pace::explore(class, caller.id)
        }
        // No other command is about this.
        _ => Err(Rejection::NotAllowed),
    }
}

/// What the class is asked, and its answers.
fn questioning(class: &mut Class, caller: Caller, command: &Command) -> Outcome {
    match command {
        Command::OpenQuestion { question } => {
            caller.moves(class)?;
            question.checked()?;
            // What the network says about it comes with `Event::Pose`, or not at all.
            Err(Rejection::NotAskable)
        }
        Command::CloseQuestion => caller.drives(class).and_then(|()| question::close(class)),
        Command::VoteAgain => caller
            .drives(class)
            .and_then(|()| question::vote_again(class)),
        Command::Reveal => caller.drives(class).and_then(|()| question::reveal(class)),
        Command::DismissQuestion => caller.drives(class).map(|()| question::dismiss(class)),
        Command::Answer(answer) => {
            caller.is_student()?;
            question::answer(class, caller.id, *answer)
        }
        Command::FillCell {
            question,
            cell,
            number,
        } => {
            caller.is_student()?;
            let computed = filling::Computed {
                question: *question,
                cell: *cell,
                number: *number,
            };
            filling::fill(class, caller.id, &computed)
        }
        Command::TakeCell { question } => {
            caller.is_student()?;
            filling::take(class, caller.id, *question)
        }
        // No other command is about this.
        _ => Err(Rejection::NotAllowed),
    }
}

/// What students ask and where they are lost, and what staff do about it.
fn asking(class: &mut Class, caller: Caller, command: &Command) -> Outcome {
    match command {
        Command::Ask { text, spot, step } => {
            caller.is_student()?;
            let wording = asks::Wording {
                text,
                spot: spot.as_ref(),
                step: *step,
            };
            asks::ask(class, caller, &wording)
        }
        Command::WithdrawAsk { ask } => {
            caller.is_student()?;
            asks::withdraw(class, caller.id, *ask)
        }
        Command::VoteAsk { ask, up } => {
            caller.is_student()?;
            asks::vote(class, caller.id, *ask, *up)
        }
        Command::MarkAsk { ask, answered } => {
            caller.is_staff()?;
            asks::answered(class, *ask, *answered)
        }
        Command::ClearAsk { ask } => {
            caller.is_staff()?;
            asks::clear(class, *ask)
        }
        Command::MuteAsks { muted } => {
            caller.is_staff()?;
            Ok(asks::mute(class, *muted))
        }
        Command::Lost { spot } => {
            caller.is_student()?;
            lost::lost(class, caller, spot.as_ref())
        }
        Command::Found => {
            caller.is_student()?;
            lost::found(class, caller.id)
        }
        // No other command is about this.
        _ => Err(Rejection::NotAllowed),
    }
}

/// Who is in the class, its door and its wheel.
fn keeping_order(class: &mut Class, caller: Caller, command: &Command) -> Outcome {
    match command {
        Command::Rename { seat, name } => seats::rename(class, caller, *seat, name),
        Command::Remove { seat } => seats::remove(class, caller, *seat),
        Command::Lock { locked } => {
            caller.is_staff()?;
            Ok(room::lock(class, *locked))
        }
        Command::ShowCode { shown } => {
            caller.is_staff()?;
            room::show_code(class, *shown)
        }
        Command::AllowPictures { allowed } => {
            caller.is_staff()?;
            Ok(room::allow_pictures(class, *allowed))
        }
        Command::HandOver { to } => room::hand_over(class, caller, *to),
        Command::End => {
            caller.is_host()?;
            Ok(room::end(class, caller.at))
        }
        // No other command is about this.
        _ => Err(Rejection::NotAllowed),
    }
}

/// Views that students offer, and what becomes of them.
fn viewing(class: &mut Class, caller: Caller, command: &Command) -> Outcome {
    match command {
        Command::CallViews { called } => {
            caller.drives(class)?;
            Ok(views::call(class, *called))
        }
        Command::OfferView(view) => {
            caller.is_student()?;
            views::offer(class, caller, view)
        }
        Command::WithdrawView => {
            caller.is_student()?;
            views::withdraw(class, caller.id)
        }
        Command::ClearView { view } => {
            caller.is_staff()?;
            views::clear(class, *view)
        }
        Command::ShowView { view } => {
            caller.moves(class)?;
            views::show(class, *view, caller.at)
        }
        Command::ReturnStage => {
            caller.moves(class)?;
            Ok(views::go_back(class))
        }
        // No other command is about this.
        _ => Err(Rejection::NotAllowed),
    }
}

/// What the driver asks of a lesson.
fn teach(class: &mut Class, at: ClassTime, command: &Command) -> Outcome {
    match command {
        Command::NewLesson {
            title,
            minutes,
            language,
        } => lesson::begin(class, title, *minutes, language),
        Command::LeaveLesson => Ok(lesson::leave(class)),
        Command::GoToStep { step } => lesson::go_to(class, *step, at),
        Command::NextStep => lesson::go_by(class, 1, at),
        Command::PreviousStep => lesson::go_by(class, -1, at),
        Command::CaptureStep { at: place } => lesson::capture(class, *place, at),
        Command::EditStep {
            at,
            caption,
            notes,
            question,
        } => lesson::edit(
            class,
            *at,
            &lesson::Texts {
                caption: caption.as_deref(),
                notes,
                question: question.as_ref(),
            },
        ),
        Command::MoveStep { from, to } => lesson::shift(class, *from, *to),
        Command::RemoveStep { at } => lesson::remove(class, *at),
        Command::UndoLesson => lesson::undo(class),
        // What the server finds comes as an event of its own; what is left is what it did not find.
        _ => Err(Rejection::UnknownLesson),
    }
}
