//! Providing: what a command needs from outside the class before the rules may look at it, a known network or a picture that is there.

use convocation_classroom::{
    command::Command,
    entry::Event,
    ids::{NetworkId, PictureId, SeatId},
    rejection::Rejection,
};
use convocation_storage::StoredPicture;

use super::{Owner, Then};
use crate::outline::outline;

impl Owner {
    /// Makes networks known and finds pictures. Returns the picture that has to be kept with the command.
    ///
    /// Nothing is provided to those who do not drive: the rules refuse their command anyway.
    pub(super) fn provide(
        &mut self,
        seat: SeatId,
        command: &Command,
    ) -> Result<Option<StoredPicture>, Rejection> {
        let (network, picture) = match command {
            Command::ChooseNetwork { network, picture } => (Some(network), picture),
            Command::ChoosePicture { picture } => (None, picture),
            _ => return Ok(None),
        };
        if self.class.ahead().room().driver != seat {
            return Ok(None);
        }
        let stored = self.keep_picture(picture)?;
        if let Some(network) = network {
            self.equip(network)?;
        }
        Ok(stored)
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
