//! What is written and read, one function per method of the journal. Each runs inside a savepoint.

use std::error::Error;

use convocation_classroom::{
    entry::{Entry, Opening},
    ids::PictureId,
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
    let opening = serde_json::to_string(&birth.opening).map_err(StorageError::failed)?;
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
    let text = serde_json::to_string(entry).map_err(StorageError::failed)?;
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
        match read(db, class, &opening) {
            Ok((opening, entries)) => {
                loaded.classes.push(Saved {
                    class,
                    opened_at,
                    last_seen,
                    opening,
                    entries,
                });
            }
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

/// Opening and entries of one class. Whatever is wrong with them is wrong with this class only.
fn read(
    db: &Connection,
    class: ClassKey,
    opening: &str,
) -> Result<(Opening, Vec<Entry>), Box<dyn Error>> {
    let opening = serde_json::from_str(opening)?;
    let mut entries = Vec::new();
    let mut statement =
        db.prepare_cached("SELECT sequence, entry FROM entry WHERE class = ?1 ORDER BY sequence")?;
    let mut rows = statement.query([class.0])?;
    while let Some(row) = rows.next()? {
        let (sequence, text): (usize, String) = (row.get(0)?, row.get(1)?);
        if sequence != entries.len() + 1 {
            return Err(format!("entry {} is missing", entries.len() + 1).into());
        }
        entries.push(serde_json::from_str(&text)?);
    }
    Ok((opening, entries))
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
