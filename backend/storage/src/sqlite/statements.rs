//! What is written and read, one function per method of the journal. Each runs inside a savepoint.

use std::{error::Error, sync::Arc};

use convocation_classroom::{
    entry::{Entry, Opening},
    ids::PictureId,
    json::{FromJson, ToJson},
};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::{
    error::StorageError,
    journal::{
        Birth, ClassKey, KEPT_PICTURES, Loaded, Record, Saved, StoredPicture, UnixMs, Unreadable,
    },
};

pub(super) fn open(db: &Connection, birth: &Birth) -> Result<(), StorageError> {
    let opening = birth.opening.to_json().map_err(StorageError::failed)?;
    let code = birth.opening.code.as_str();
    if db
        .prepare_cached("SELECT 1 FROM class WHERE key = ?1")?
        .exists([birth.class.0])?
    {
        return Err(StorageError::KnownClass(birth.class));
    }
    if db
        .prepare_cached("SELECT 1 FROM class WHERE code = ?1")?
        .exists([code])?
    {
        return Err(StorageError::CodeTaken);
    }
    db.prepare_cached(
        "INSERT INTO class (key, code, opened_at, last_seen, opening) VALUES (?1, ?2, ?3, ?3, ?4)",
    )?
    .execute(params![birth.class.0, code, birth.opened_at.0, opening])?;
    keep_picture(db, birth.class, 0, birth.picture.as_ref())
}

pub(super) fn append(db: &Connection, record: &Record) -> Result<(), StorageError> {
    let Record {
        class,
        sequence,
        ref entry,
        ref picture,
    } = *record;
    let last: u32 = db
        .prepare_cached(
            "SELECT (SELECT coalesce(max(sequence), 0) FROM entry WHERE class = ?1) FROM class WHERE key = ?1",
        )?
        .query_row([class.0], |row| row.get(0))
        .optional()?
        .ok_or(StorageError::UnknownClass(class))?;
    if last.checked_add(1) != Some(sequence) {
        return Err(StorageError::Conflict {
            class,
            offered: sequence,
            last,
        });
    }
    let text = entry.to_json().map_err(StorageError::failed)?;
    db.prepare_cached("INSERT INTO entry (class, sequence, entry) VALUES (?1, ?2, ?3)")?
        .execute(params![class.0, sequence, text])?;
    keep_picture(db, class, sequence, picture.as_ref())?;
    if let Some(id) = entry.picture() {
        db.prepare_cached("UPDATE picture SET chosen = ?3 WHERE class = ?1 AND id = ?2")?
            .execute(params![class.0, id.as_str(), sequence])?;
    }
    Ok(())
}

pub(super) fn picture(
    db: &Connection,
    class: ClassKey,
    picture: &PictureId,
) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(db
        .prepare_cached("SELECT bytes FROM picture WHERE class = ?1 AND id = ?2")?
        .query_row(params![class.0, picture.as_str()], |row| row.get(0))
        .optional()?)
}

pub(super) fn touch(db: &Connection, class: ClassKey, at: UnixMs) -> Result<(), StorageError> {
    db.prepare_cached("UPDATE class SET last_seen = max(last_seen, ?2) WHERE key = ?1")?
        .execute(params![class.0, at.0])?;
    Ok(())
}

pub(super) fn delete(db: &Connection, class: ClassKey) -> Result<(), StorageError> {
    db.prepare_cached("DELETE FROM class WHERE key = ?1")?
        .execute([class.0])?;
    Ok(())
}

pub(super) fn load(db: &Connection) -> Result<Loaded, StorageError> {
    let mut loaded = Loaded::default();
    let mut classes =
        db.prepare("SELECT key, opened_at, last_seen, opening FROM class ORDER BY opened_at, key")?;
    let rows = classes.query_map((), |row| {
        let (class, opening): (Uuid, String) = (row.get(0)?, row.get(3)?);
        Ok((
            ClassKey(class),
            UnixMs(row.get(1)?),
            UnixMs(row.get(2)?),
            opening,
        ))
    })?;
    for row in rows {
        let (class, opened_at, last_seen, opening) = row?;
        let rows = Rows {
            opened_at,
            last_seen,
            opening,
            entries: entries(db, class)?,
        };
        match rows.parse(class) {
            Ok(saved) => loaded.classes.push(saved),
            Err(cause) => {
                loaded.unreadable.push(Unreadable {
                    class,
                    last_seen,
                    reason: cause.to_string(),
                });
            }
        }
    }
    Ok(loaded)
}

/// A class as it is written, not made sense of yet.
pub(super) struct Rows {
    opened_at: UnixMs,
    last_seen: UnixMs,
    opening: String,
    /// Number and text of each entry, ascending.
    entries: Vec<(usize, String)>,
}

impl Rows {
    /// The class. Whatever is wrong with it is wrong with this class only.
    pub(super) fn parse(self, class: ClassKey) -> Result<Saved, Arc<dyn Error + Send + Sync>> {
        let opening = Opening::from_json(self.opening.as_bytes()).map_err(shared)?;
        let mut entries = Vec::with_capacity(self.entries.len());
        for (sequence, text) in self.entries {
            if sequence != entries.len() + 1 {
                return Err(Arc::from(Box::from(format!(
                    "entry {} is missing",
                    entries.len() + 1
                ))));
            }
            entries.push(Entry::from_json(text.as_bytes()).map_err(shared)?);
        }
        Ok(Saved {
            class,
            opened_at: self.opened_at,
            last_seen: self.last_seen,
            opening,
            entries,
        })
    }
}

fn shared(cause: serde_json::Error) -> Arc<dyn Error + Send + Sync> {
    Arc::new(cause)
}

pub(super) fn rows(db: &Connection, class: ClassKey) -> Result<Option<Rows>, StorageError> {
    let head = db
        .prepare_cached("SELECT opened_at, last_seen, opening FROM class WHERE key = ?1")?
        .query_row([class.0], |row| {
            Ok((UnixMs(row.get(0)?), UnixMs(row.get(1)?), row.get(2)?))
        })
        .optional()?;
    let Some((opened_at, last_seen, opening)) = head else {
        return Ok(None);
    };
    Ok(Some(Rows {
        opened_at,
        last_seen,
        opening,
        entries: entries(db, class)?,
    }))
}

fn entries(db: &Connection, class: ClassKey) -> Result<Vec<(usize, String)>, StorageError> {
    let mut statement =
        db.prepare_cached("SELECT sequence, entry FROM entry WHERE class = ?1 ORDER BY sequence")?;
    let rows = statement.query_map([class.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a picture, and forgets those that were chosen longest ago.
fn keep_picture(
    db: &Connection,
    class: ClassKey,
    sequence: u32,
    picture: Option<&StoredPicture>,
) -> Result<(), StorageError> {
    let Some(StoredPicture { id, bytes }) = picture else {
        return Ok(());
    };
    db.prepare_cached(
        "INSERT INTO picture (class, id, chosen, bytes) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (class, id) DO UPDATE SET chosen = excluded.chosen",
    )?
    .execute(params![class.0, id.as_str(), sequence, bytes])?;
    db.prepare_cached(
        "DELETE FROM picture WHERE class = ?1 AND id NOT IN
         (SELECT id FROM picture WHERE class = ?1 ORDER BY chosen DESC, id LIMIT ?2)",
    )?
    .execute(params![class.0, KEPT_PICTURES])?;
    Ok(())
}
