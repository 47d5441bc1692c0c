//! The journal's file on the disk, while no server runs.

use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rusqlite::{Connection, params};

/// The file.
pub struct File(Connection);

impl File {
    pub fn open(data: &Path) -> Self {
        Self(Connection::open(data.join("classes.sqlite")).unwrap())
    }

    pub fn key(&self, code: &str) -> Vec<u8> {
        let query = "SELECT key FROM class WHERE code = ?1";
        self.0.query_row(query, [code], |row| row.get(0)).unwrap()
    }

    /// Rows of a class: itself, its entries, its pictures.
    pub fn rows(&self, key: &[u8]) -> [u32; 3] {
        [
            "class WHERE key",
            "entry WHERE class",
            "picture WHERE class",
        ]
        .map(|of| {
            let query = format!("SELECT count(*) FROM {of} = ?1");
            self.0.query_row(&query, [key], |row| row.get(0)).unwrap()
        })
    }

    /// A class was opened so long ago, with all that happened in it.
    pub fn was_opened(&self, key: &[u8], ago: Duration) {
        self.set(key, "opened_at", ago);
    }

    /// Someone was last connected so long ago.
    pub fn was_seen(&self, key: &[u8], ago: Duration) {
        self.set(key, "last_seen", ago);
    }

    fn set(&self, key: &[u8], column: &str, ago: Duration) {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() - ago;
        let statement = format!("UPDATE class SET {column} = ?2 WHERE key = ?1");
        let at = i64::try_from(at.as_millis()).unwrap();
        let changed = self.0.execute(&statement, params![key, at]);
        assert_eq!(changed, Ok(1));
    }
}
