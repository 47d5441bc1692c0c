//! A manifest: what `network.toml` says about a network that its ONNX file cannot. Whether both fit is checked in `network`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::description::Credits;

/// Name of the file in a network's folder.
pub const MANIFEST_FILE: &str = "network.toml";

/// Why a manifest is not right. Each names the file, and the key where there is one.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("{}: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Not TOML, a key that is missing or unknown, or a value of a wrong type.
    #[error("{}: {source}", .path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Line, key and what was expected.
        source: Box<toml::de::Error>,
    },
    /// A value that cannot be.
    #[error("{}: {key}: {message}", .path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The key.
        key: String,
        /// What is wrong and what would be right.
        message: String,
    },
}

/// The file, as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// Place among the networks, from the first; those without one come after all others.
    #[serde(default = "last")]
    pub order: u32,
    pub name: String,
    pub summary: String,
    pub labels: Vec<String>,
    pub input: ManifestInput,
    #[serde(default)]
    pub epochs: Vec<Epoch>,
    #[serde(default)]
    pub gallery: Vec<GalleryFile>,
    pub credits: Credits,
}

fn last() -> u32 {
    u32::MAX
}

/// How a picture becomes the input.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManifestInput {
    #[expect(
        dead_code,
        reason = "there is one way so far; a file must name it, so that a second one breaks no file"
    )]
    resize: Resize,
    #[expect(dead_code, reason = "as for `resize`")]
    crop: Crop,
    pub range: [f32; 2],
    /// Pixels are rounded to so many values.
    pub levels: Option<u32>,
    pub channels: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Resize {
    ShorterSide,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Crop {
    Centre,
}

/// The same network earlier in its training.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Epoch {
    pub epoch: u32,
    pub file: String,
    pub val_top1: f32,
}

/// A picture in the network's folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GalleryFile {
    pub file: String,
    pub label: String,
    pub title: String,
}

impl Manifest {
    /// Reads and checks the manifest of a network's folder.
    pub fn read(folder: &Path) -> Result<Self, ManifestError> {
        let path = folder.join(MANIFEST_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) => return Err(ManifestError::Read { path, source }),
        };
        match toml::from_str::<Self>(&text) {
            Ok(manifest) => match manifest.check(folder) {
                Ok(()) => Ok(manifest),
                Err((key, message)) => Err(ManifestError::Value { path, key, message }),
            },
            Err(source) => Err(ManifestError::Parse {
                path,
                source: Box::new(source),
            }),
        }
    }

    fn check(&self, folder: &Path) -> Result<(), (String, String)> {
        let wrong = |key: String, message: String| Err((key, message));
        for (key, text) in [("name", &self.name), ("summary", &self.summary)] {
            if text.trim().is_empty() {
                return wrong(
                    key.to_owned(),
                    "is empty; write a few words for people".to_owned(),
                );
            }
        }
        for (place, label) in self.labels.iter().enumerate() {
            if label.trim().is_empty() || self.labels[..place].contains(label) {
                return wrong(
                    format!("labels[{place}]"),
                    format!("'{label}' is empty or there twice"),
                );
            }
        }
        let [low, high] = self.input.range;
        if !(low.is_finite() && high.is_finite() && low < high) {
            return wrong(
                "input.range".to_owned(),
                format!("[{low}, {high}] does not rise; for example [0.0, 1.0]"),
            );
        }
        if let Some(levels) = self
            .input
            .levels
            .filter(|levels| !(2..=256).contains(levels))
        {
            return wrong(
                "input.levels".to_owned(),
                format!("{levels} is not between 2 and 256"),
            );
        }
        for (place, epoch) in self.epochs.iter().enumerate() {
            let key = format!("epochs[{place}]");
            if self.epochs[..place]
                .iter()
                .any(|other| other.epoch >= epoch.epoch)
            {
                return wrong(
                    format!("{key}.epoch"),
                    format!("{} does not come after the one before", epoch.epoch),
                );
            }
            if !(0.0..=1.0).contains(&epoch.val_top1) {
                return wrong(
                    format!("{key}.val_top1"),
                    format!("{} is not a share between 0 and 1", epoch.val_top1),
                );
            }
            is_file(folder, &epoch.file).map_err(|message| (format!("{key}.file"), message))?;
        }
        for (place, picture) in self.gallery.iter().enumerate() {
            let key = format!("gallery[{place}]");
            if !self.labels.contains(&picture.label) {
                let labels = self.labels.join(", ");
                return wrong(
                    format!("{key}.label"),
                    format!("'{}' is not one of the labels: {labels}", picture.label),
                );
            }
            is_file(folder, &picture.file).map_err(|message| (format!("{key}.file"), message))?;
        }
        Ok(())
    }
}

fn is_file(folder: &Path, name: &str) -> Result<(), String> {
    let path = folder.join(name);
    if path.is_file() {
        Ok(())
    } else {
        Err(format!("there is no file {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = r#"
name = "Two"
summary = "Tells two things apart."
labels = ["cat", "dog"]

[input]
resize = "shorter-side"
crop = "centre"
range = [0, 1]
channels = ["Red", "Green", "Blue"]

[[epochs]]
epoch = 0
file = "a.onnx"
val_top1 = 0.1

[[gallery]]
file = "a.png"
label = "cat"
title = "A cat asleep"

[credits]
licence = "MIT"
authors = ["Convocation"]
data = "none"
"#;

    fn read(text: &str) -> Result<Manifest, ManifestError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [(MANIFEST_FILE, text), ("a.onnx", ""), ("a.png", "")] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        Manifest::read(folder.path())
    }

    #[test]
    fn reads_a_right_file() {
        let manifest = read(RIGHT).unwrap();
        assert_eq!(manifest.labels, ["cat", "dog"]);
        assert_eq!(manifest.gallery[0].title, "A cat asleep");
    }

    #[test]
    fn names_what_is_wrong_and_what_would_be_right() {
        let cases = [
            (
                r#"label = "cat""#,
                r#"label = "cow""#,
                "gallery[0].label: 'cow' is not one of the labels: cat, dog",
            ),
            (
                r#"file = "a.png""#,
                r#"file = "b.png""#,
                "gallery[0].file: there is no file",
            ),
            (
                r#"file = "a.onnx""#,
                r#"file = "b.onnx""#,
                "epochs[0].file: there is no file",
            ),
            (
                "val_top1 = 0.1",
                "val_top1 = 10",
                "epochs[0].val_top1: 10 is not a share",
            ),
            (
                "range = [0, 1]",
                "range = [1, 1]",
                "input.range: [1, 1] does not rise",
            ),
            (
                "range = [0, 1]",
                "range = [0, 1]\nlevels = 1",
                "input.levels: 1 is not between 2 and 256",
            ),
            (
                r#"["cat", "dog"]"#,
                r#"["cat", "cat"]"#,
                "labels[1]: 'cat' is empty or there twice",
            ),
            (r#""shorter-side""#, r#""stretch""#, "`shorter-side`"),
            (r#"summary = "#, r#"sumary = "#, "unknown field `sumary`"),
            (r#"name = "Two""#, r#"name = " ""#, "name: is empty"),
            ("[credits]", "[thanks]", "unknown field `thanks`"),
        ];
        for (right, wrong, expected) in cases {
            assert!(RIGHT.contains(right), "{right}");
            let message = read(&RIGHT.replacen(right, wrong, 1))
                .unwrap_err()
                .to_string();
            assert!(
                message.contains(expected),
                "{message}\n  does not say: {expected}"
            );
            assert!(message.contains(MANIFEST_FILE), "{message}");
        }
    }

    #[test]
    fn names_a_missing_file() {
        let message = Manifest::read(Path::new("nowhere"))
            .unwrap_err()
            .to_string();
        assert!(message.starts_with("nowhere/network.toml: "), "{message}");
    }
}
