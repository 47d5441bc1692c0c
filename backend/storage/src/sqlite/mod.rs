//! The journal in one SQLite file, for a server that stands alone. One thread owns the connection; whatever waits while it
//! writes goes into its next transaction together.
//!
//! The file is in WAL mode with `synchronous = NORMAL`. A commit is a write to the operating system: it survives the death of
//! this process, however violent. A power loss may take the last moments before it, never the consistency of the file.

mod file;
mod statements;
mod writer;

use std::path::Path;

use convocation_classroom::ids::PictureId;

use crate::{
    error::StorageError,
    journal::{Answer, Birth, ClassKey, Journal, Loaded, Record, Saved, UnixMs},
};
use writer::{After, Writer};

/// Handle of the journal. Dropping it writes what is still waiting and closes the file.
pub struct SqliteJournal {
    writer: Writer,
}

impl SqliteJournal {
    /// Opens the journal in a directory; makes both when they are not there. Blocks: meant for the start of the server.
    ///
    /// # Errors
    ///
    /// [`StorageError::InUse`], [`StorageError::OtherFormat`], and [`StorageError::Failed`] when the files cannot be used.
    pub fn open(directory: &Path) -> Result<Self, StorageError> {
        let connection = file::open(directory)?;
        let writer = Writer::start(connection).map_err(StorageError::failed)?;
        Ok(Self { writer })
    }
}

impl Journal for SqliteJournal {
    fn open(&self, birth: Birth) -> Answer<()> {
        self.writer
            .submit(After::Commit, move |db| statements::open(db, &birth))
    }

    fn append(&self, record: Record) -> Answer<()> {
        self.writer
            .submit(After::Commit, move |db| statements::append(db, &record))
    }

    fn load(&self) -> Answer<Loaded> {
        self.writer.submit(After::Commit, statements::load)
    }

    fn read(&self, class: ClassKey) -> Answer<Option<Saved>> {
        let rows = self
            .writer
            .submit(After::Commit, move |db| statements::rows(db, class));
        // Whoever waits makes sense of the text: the writer has others to write for.
        Box::pin(async move {
            let Some(rows) = rows.await? else {
                return Ok(None);
            };
            rows.parse(class).map(Some).map_err(StorageError::Failed)
        })
    }

    fn picture(&self, class: ClassKey, picture: PictureId) -> Answer<Option<Vec<u8>>> {
        self.writer.submit(After::Commit, move |db| {
            statements::picture(db, class, &picture)
        })
    }

    fn touch(&self, class: ClassKey, at: UnixMs) -> Answer<()> {
        self.writer
            .submit(After::Commit, move |db| statements::touch(db, class, at))
    }

    fn delete(&self, class: ClassKey) -> Answer<()> {
        self.writer
            .submit(After::Checkpoint, move |db| statements::delete(db, class))
    }

    fn flush(&self) -> Answer<()> {
        self.writer.submit(After::Checkpoint, |_| Ok(()))
    }
}
