//! Embeds the built frontend: every file of `frontend/dist`, as it is and compressed, as a table that `assets.rs` includes.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Below this, headers outweigh what compression saves.
const WORTH_COMPRESSING_BYTES: usize = 256;

fn main() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let dist = root.join("../../frontend/dist");
    // Cargo watches an absent folder by building every time, so the folder is made.
    fs::create_dir_all(&dist).context("cannot make frontend/dist")?;
    println!("cargo:rerun-if-changed={}", dist.display());
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut table = String::from("&[\n");
    for (number, path) in files(&dist)?.iter().enumerate() {
        let name = path
            .strip_prefix(&dist)?
            .to_str()
            .context("names of assets are UTF-8")?;
        let bytes = fs::read(path)?;
        let variants = Variants { out: &out, number };
        writeln!(
            table,
            "    Asset {{ path: {:?}, mime: {:?}, digest: {:?}, identity: {}, gzip: {}, brotli: {} }},",
            format!("/{}", name.replace('\\', "/")),
            mime(path),
            digest(&bytes),
            variants.write("raw", &bytes)?,
            variants.write_smaller("gz", &bytes, gzip(&bytes)?)?,
            variants.write_smaller("br", &bytes, brotli(&bytes)?)?,
        )?;
    }
    table.push(']');
    fs::write(out.join("assets.in"), table)?;
    Ok(())
}

/// All files below `folder`, in the order of their paths.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    files.sort();
    Ok(files)
}

fn mime(path: &Path) -> String {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("webmanifest") => "application/manifest+json".to_owned(),
        Some("html" | "css" | "txt" | "js" | "svg") => {
            format!(
                "{}; charset=utf-8",
                mime_guess::from_path(path).first_or_octet_stream()
            )
        }
        _ => mime_guess::from_path(path)
            .first_or_octet_stream()
            .to_string(),
    }
}

/// 32 hexadecimal digits that change with the content.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &Default::default())?;
    Ok(compressed)
}

/// Where the forms of one asset are written.
struct Variants<'a> {
    out: &'a Path,
    number: usize,
}

impl Variants<'_> {
    /// Writes one form and returns the expression that includes it.
    fn write(&self, form: &str, bytes: &[u8]) -> Result<String> {
        let path = self.out.join(format!("asset-{}.{form}", self.number));
        fs::write(&path, bytes)?;
        Ok(format!(
            "include_bytes!({:?})",
            path.to_str().context("the build folder is UTF-8")?
        ))
    }

    /// The same for a compressed form, when it is worth having.
    fn write_smaller(&self, form: &str, original: &[u8], compressed: Vec<u8>) -> Result<String> {
        if original.len() < WORTH_COMPRESSING_BYTES || compressed.len() >= original.len() {
            return Ok("None".to_owned());
        }
        Ok(format!("Some({})", self.write(form, &compressed)?))
    }
}
