//! Providing: what a command needs from outside the class before the rules may look at it: a known network, a picture that is there, a
//! lesson.

use convocation_classroom::{
    command::Command,
    entry::Event,
    ids::{LessonId, NetworkId, PictureId, SeatId},
    lesson::Lesson,
    rejection::Rejection,
    seat::Role,
    views::{StudentView, ViewId},
};
use convocation_storage::StoredPicture;

use super::{Owner, Then};
use crate::outline::outline;

impl Owner {
    /// Makes networks known, finds pictures and lessons. Returns what happens, and the picture that has to be kept with it.
    ///
    /// To those who do not drive nothing is provided but what an offered view needs: the rules refuse their other commands anyway.
    pub(super) fn provide(
        &mut self,
        seat: SeatId,
        command: Command,
    ) -> Result<(Event, Option<StoredPicture>), Rejection> {
        let mut stored = None;
        if self.class.ahead().room().driver == seat {
            match &command {
                Command::ChooseNetwork { network, picture } => {
                    stored = self.keep_picture(picture)?;
                    self.equip(network)?;
                }
                Command::ChoosePicture { picture } => stored = self.keep_picture(picture)?,
                Command::LoadLesson { lesson } => return self.find_lesson(seat, lesson),
                Command::ShowView { view } => stored = self.keep_picture_of_view(*view)?,
                _ => stored = self.keep_picture_of_step(&command)?,
            }
        } else if let Command::OfferView(view) = &command {
            self.find_view(seat, view)?;
        }
        Ok((Event::Command { seat, command }, stored))
    }

    /// What a student offers may be of a network that the class has not seen yet. One that it knows is left as it is, for the stage may
    /// show it; what is sent in stays in memory until it is shown.
    fn find_view(&mut self, seat: SeatId, view: &StudentView) -> Result<(), Rejection> {
        let class = self.class.ahead();
        if class
            .seat(seat)
            .is_none_or(|seat| seat.role != Role::Student)
        {
            return Ok(());
        }
        if !class.knows(&view.network) {
            self.equip(&view.network)?;
        }
        let picture = view.view.picture.as_ref();
        let pictures = &self.surroundings.pictures;
        let is_here = picture.is_some_and(|id| {
            pictures.is_in_gallery(id)
                || pictures.recent(id).is_some()
                || pictures.is_pinned(id, self.key)
        });
        if is_here {
            Ok(())
        } else {
            Err(Rejection::UnknownPicture)
        }
    }

    fn keep_picture_of_view(&self, view: ViewId) -> Result<Option<StoredPicture>, Rejection> {
        let view = self.class.ahead().offered_view(view);
        match view.and_then(|view| view.view.picture.as_ref()) {
            Some(picture) => self.keep_picture(picture),
            None => Ok(None),
        }
    }

    fn find_lesson(
        &mut self,
        seat: SeatId,
        id: &LessonId,
    ) -> Result<(Event, Option<StoredPicture>), Rejection> {
        let lesson = self
            .surroundings
            .lessons
            .find(id)
            .ok_or(Rejection::UnknownLesson)?;
        self.equip(&lesson.network)?;
        let lesson = Lesson::clone(&lesson);
        Ok((Event::Teach { seat, lesson }, None))
    }

    /// A step may show a picture that was sent in during the class and captured with it.
    fn keep_picture_of_step(&self, command: &Command) -> Result<Option<StoredPicture>, Rejection> {
        let Some(teaching) = self.class.ahead().teaching() else {
            return Ok(None);
        };
        let now = teaching.place().step;
        let step = match command {
            Command::GoToStep { step } => Some(*step),
            Command::NextStep => Some(now.map_or(0, |step| step.saturating_add(1))),
            Command::PreviousStep => now.and_then(|step| step.checked_sub(1)),
            _ => None,
        };
        match step.and_then(|step| teaching.picture_at(step)) {
            Some(picture) => self.keep_picture(picture),
            None => Ok(None),
        }
    }

    fn equip(&mut self, id: &NetworkId) -> Result<(), Rejection> {
        let network = self
            .surroundings
            .library
            .by_id(id.as_str())
            .ok_or(Rejection::UnknownNetwork)?;
        let outline = outline(network.description());
        // A network may have changed since the class came to know it; the same one again changes nothing.
        self.hand_in(Event::Equip { outline }, None, Then::Nothing);
        Ok(())
    }

    /// The picture's bytes go with every command that chooses it, as long as they are at hand: the journal keeps only those chosen last.
    fn keep_picture(&self, id: &PictureId) -> Result<Option<StoredPicture>, Rejection> {
        let pictures = &self.surroundings.pictures;
        if pictures.is_in_gallery(id) {
            return Ok(None);
        }
        match pictures.recent(id) {
            Some(picture) => Ok(Some(StoredPicture {
                id: id.clone(),
                bytes: picture.png().to_vec(),
            })),
            None if pictures.is_pinned(id, self.key) => Ok(None),
            None => Err(Rejection::UnknownPicture),
        }
    }
}
