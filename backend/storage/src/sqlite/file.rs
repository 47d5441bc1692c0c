//! The file: where it is, who may read it, and which format it has. Not what is written into it.

use std::{
    fs::{self, OpenOptions},
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode};

use crate::error::StorageError;

const NAME: &str = "classes.sqlite";

/// The format this version reads and writes, kept in `user_version`. A change of the schema raises it and comes with the
/// statements that lead from the one before.
const FORMAT: u32 = 1;

/// How long to wait for a server that is just being replaced.
const WAIT_FOR_OTHER: Duration = Duration::from_secs(2);

/// `secure_delete` overwrites deleted rows with zeros, because what a class said must be gone when it is deleted.
/// `EXCLUSIVE` keeps a second server out, and needs no shared memory file.
const SETTINGS: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA secure_delete = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
";

const SCHEMA: &str = "
    CREATE TABLE class (
        key BLOB PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        opened_at INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        opening TEXT NOT NULL
    ) STRICT;
    CREATE TABLE entry (
        class BLOB NOT NULL REFERENCES class (key) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        entry TEXT NOT NULL,
        PRIMARY KEY (class, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE picture (
        class BLOB NOT NULL REFERENCES class (key) ON DELETE CASCADE,
        id TEXT NOT NULL,
        chosen INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (class, id)
    ) STRICT;
";

pub(super) fn open(directory: &Path) -> Result<Connection, StorageError> {
    let path = directory.join(NAME);
    create(directory, &path).map_err(StorageError::failed)?;
    let mut connection = Connection::open(&path)?;
    prepare(&mut connection).map_err(|error| match error {
        StorageError::Failed(cause) if is_busy(&*cause) => {
            StorageError::InUse(path.display().to_string())
        }
        other => other,
    })?;
    Ok(connection)
}

/// Makes directory and file, readable by this user only. SQLite gives its other files the permissions of the first.
fn create(directory: &Path, path: &Path) -> std::io::Result<()> {
    let mut directories = fs::DirBuilder::new();
    let mut file = OpenOptions::new();
    directories.recursive(true);
    file.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
        directories.mode(0o700).create(directory)?;
        file.mode(0o600)
            .open(path)?
            .set_permissions(fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    {
        directories.create(directory)?;
        file.open(path).map(drop)
    }
}

fn prepare(connection: &mut Connection) -> Result<(), StorageError> {
    connection.busy_timeout(WAIT_FOR_OTHER)?;
    connection.execute_batch(SETTINGS)?;
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    match found {
        FORMAT => {}
        0 => {
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "user_version", FORMAT)?;
        }
        _ => {
            return Err(StorageError::OtherFormat {
                found,
                known: FORMAT,
            });
        }
    }
    Ok(transaction.commit()?)
}

fn is_busy(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    cause
        .downcast_ref::<rusqlite::Error>()
        .and_then(rusqlite::Error::sqlite_error_code)
        .is_some_and(|code| matches!(code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
