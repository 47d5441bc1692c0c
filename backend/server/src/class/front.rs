//! The front of a class: what is known of it without a seat.

use convocation_classroom::{
    class::Class,
    ids::{NetworkId, PictureId},
};

/// Told to whoever has the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// Whether newcomers are kept out.
    pub locked: bool,
    /// The network and the picture on the stage, where nothing is kept from newcomers and no kernel is edited.
    pub shown: Option<(NetworkId, PictureId)>,
}

impl Front {
    /// That of a class as it is.
    #[must_use]
    pub fn of(class: &Class) -> Self {
        let (stage, locked) = (class.stage(), class.room().locked);
        let is_open = !locked && stage.edit.is_none();
        Self {
            locked,
            shown: is_open.then(|| (stage.network.clone(), stage.picture.clone())),
        }
    }
}
