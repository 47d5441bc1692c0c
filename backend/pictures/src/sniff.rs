//! What kind of file some bytes are, told from the first of them. Does not decode.

use image::ImageFormat;

use crate::picture::PictureError;

/// Bytes that are looked at for text.
const LOOK_BYTES: usize = 1024;

/// The format of a picture file.
pub(crate) fn format(file: &[u8]) -> Result<ImageFormat, PictureError> {
    match image::guess_format(file) {
        Ok(
            format @ (ImageFormat::Png
            | ImageFormat::Jpeg
            | ImageFormat::WebP
            | ImageFormat::Gif
            | ImageFormat::Bmp
            | ImageFormat::Tiff),
        ) => Ok(format),
        _ => Err(refusal(file)),
    }
}

/// The format's name for people.
pub(crate) fn name(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::WebP => "WebP",
        ImageFormat::Gif => "GIF",
        ImageFormat::Bmp => "BMP",
        _ => "TIFF",
    }
}

fn refusal(file: &[u8]) -> PictureError {
    let unsupported = |format| PictureError::UnsupportedFormat { format };
    // The files of phones and the web that people take for ordinary pictures.
    if file.get(4..8) == Some(b"ftyp") {
        return match file.get(8..12) {
            Some(b"avif" | b"avis") => unsupported("AVIF"),
            Some(b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
                unsupported("HEIC")
            }
            _ => unsupported("video"),
        };
    }
    if file.starts_with(b"%PDF") {
        return unsupported("PDF");
    }
    let start = &file[..file.len().min(LOOK_BYTES)];
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The cut may fall into a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return PictureError::UnknownFormat,
    };
    if text.contains("<svg") {
        return unsupported("SVG");
    }
    let shown = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    if text.is_empty() || !text.chars().all(shown) {
        PictureError::UnknownFormat
    } else {
        PictureError::Text
    }
}

/// Whether a JPEG file has its end marker after the beginning of its data. Thumbnails inside of headers have their own.
pub(crate) fn jpeg_ends(file: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xDA;
    let mut at = 2;
    while let Some(&[0xFF, marker, ..]) = file.get(at..) {
        at += match marker {
            // Fill bytes, and markers without content.
            0xFF => 1,
            0x01 | 0xD0..=0xD9 => 2,
            START_OF_SCAN => return file[at..].windows(2).any(|pair| pair == [0xFF, 0xD9]),
            _ => match file.get(at + 2..at + 4) {
                Some(&[high, low]) => 2 + usize::from(u16::from_be_bytes([high, low])),
                _ => return false,
            },
        };
    }
    false
}
