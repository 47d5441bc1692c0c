//! Pictures: those that came with the networks, those that were sent in lately, and those on the stage of a class. The first are always
//! here; the second share a byte budget; the third can be had again from the journal for as long as their class lives.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use convocation_classroom::ids::PictureId;
use convocation_inference::Library;
use convocation_pictures::Picture;
use convocation_storage::{ClassKey, Journal};
use moka::{policy::EvictionPolicy, sync::Cache};

use crate::{decoding::Decoding, refusal::Refusal};

/// All pictures that the server can show.
#[derive(Clone)]
pub struct Pictures {
    library: Arc<Library>,
    recent: Cache<PictureId, Arc<Picture>>,
    /// Which classes had a picture on their stage.
    pinned: Arc<Mutex<HashMap<PictureId, HashSet<ClassKey>>>>,
    journal: Arc<dyn Journal>,
    decoding: Decoding,
}

impl Pictures {
    /// The pictures of the networks, and at most `budget_bytes` of others.
    #[must_use]
    pub fn new(
        library: Arc<Library>,
        budget_bytes: u64,
        journal: Arc<dyn Journal>,
        decoding: Decoding,
    ) -> Self {
        let weigh = |_: &PictureId, picture: &Arc<Picture>| {
            u32::try_from(bytes(picture)).unwrap_or(u32::MAX)
        };
        Self {
            library,
            // The newest picture must be there when its sender asks for it, so it is never refused for others that were asked for more
            // often.
            recent: Cache::builder()
                .max_capacity(budget_bytes)
                .weigher(weigh)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
            pinned: Arc::default(),
            journal,
            decoding,
        }
    }

    /// Keeps a picture that was sent in.
    pub fn keep(&self, picture: Picture) -> Arc<Picture> {
        let picture = Arc::new(picture);
        self.recent
            .insert(PictureId(picture.digest().to_owned()), Arc::clone(&picture));
        // Otherwise the cache evicts some time later, and a rush of pictures takes more than the budget.
        self.recent.run_pending_tasks();
        picture
    }

    /// A picture, wherever it is.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPicture`], or that it could not be read from the journal now.
    pub async fn find(&self, id: &PictureId) -> Result<Arc<Picture>, Refusal> {
        if let Some(picture) = self
            .library
            .picture(id.as_str())
            .cloned()
            .or_else(|| self.recent.get(id))
        {
            return Ok(picture);
        }
        let classes: Vec<ClassKey> = self
            .pinned()
            .get(id)
            .into_iter()
            .flatten()
            .copied()
            .collect();
        for class in classes {
            if let Some(bytes) = self.kept_for(class, id).await? {
                return Ok(self.keep(self.decoding.decode(bytes).await?));
            }
        }
        Err(Refusal::NoSuchPicture)
    }

    /// A picture that was sent in, as a PNG: at hand, or kept for a class, also for one that is over.
    ///
    /// # Errors
    /// [`Refusal::Busy`]: it could not be read from the journal now.
    pub async fn of_class(
        &self,
        id: &PictureId,
        class: ClassKey,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        if let Some(picture) = self.recent.get(id) {
            return Ok(Some(picture.png().to_vec()));
        }
        self.kept_for(class, id).await
    }

    async fn kept_for(&self, class: ClassKey, id: &PictureId) -> Result<Option<Vec<u8>>, Refusal> {
        let kept = self.journal.picture(class, id.clone()).await;
        kept.map_err(|error| {
            tracing::error!(%class, %error, "the journal did not give a picture");
            Refusal::Busy
        })
    }

    /// A picture that was sent in, if it is at hand.
    #[must_use]
    pub fn recent(&self, id: &PictureId) -> Option<Arc<Picture>> {
        self.recent.get(id)
    }

    /// Whether a picture came with a network.
    #[must_use]
    pub fn is_in_gallery(&self, id: &PictureId) -> bool {
        self.library.picture(id.as_str()).is_some()
    }

    /// Whether a class had a picture on its stage.
    #[must_use]
    pub fn is_pinned(&self, id: &PictureId, class: ClassKey) -> bool {
        self.pinned()
            .get(id)
            .is_some_and(|classes| classes.contains(&class))
    }

    /// A class has a picture on its stage, and the journal keeps it.
    pub fn pin(&self, id: &PictureId, class: ClassKey) {
        if !self.is_in_gallery(id) {
            self.pinned().entry(id.clone()).or_default().insert(class);
        }
    }

    /// A class is over.
    pub fn unpin(&self, class: ClassKey) {
        self.pinned().retain(|_, classes| {
            classes.remove(&class);
            !classes.is_empty()
        });
    }

    /// Bytes of pictures that were sent in.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.recent.weighted_size()
    }

    fn pinned(&self) -> MutexGuard<'_, HashMap<PictureId, HashSet<ClassKey>>> {
        self.pinned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a picture takes in memory: its file and its pixels.
fn bytes(picture: &Picture) -> usize {
    const CHANNELS: usize = 3;
    let pixels = u64::from(picture.width()) * u64::from(picture.height());
    picture.png().len()
        + usize::try_from(pixels)
            .unwrap_or(usize::MAX)
            .saturating_mul(CHANNELS)
}
