//! A picture: what someone chose, made upright, opaque and small. Not an input: how a network wants it is in `preprocess`.

use std::{io::Cursor, sync::OnceLock};

use fast_image_resize::{PixelType, ResizeOptions, Resizer, images::Image, pixels::U8x3};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use crate::{digest::digest, sniff};

/// Largest file, in bytes: photos of today's phones have 2 to 8 MB.
pub const FILE_BYTES: usize = 12 * 1_000_000;

/// Most pixels of a file: decoded, 40 megapixels take 160 MB.
pub const FILE_PIXELS: u64 = 40_000_000;

/// Most memory that decoding may take, in bytes: [`FILE_PIXELS`] with four channels of 16 bits, and some room.
const DECODE_BYTES: u64 = 400_000_000;

/// Longest shorter side of a kept picture, in px: sharp on a projector, 0.5 MB at most usually.
pub const KEPT_SIDE: u32 = 512;

/// Side of a thumbnail, in px: those of the interface are at most 44 px large, on phones with three px for each.
const THUMBNAIL_SIDE: u32 = 128;

/// Quality of a thumbnail, of 100: about 5 kB.
const THUMBNAIL_QUALITY: u8 = 80;

/// Longest side of a kept picture, in shorter sides: networks see the central square only.
const KEPT_RATIO: u32 = 4;

/// Why a file is not a picture. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No bytes at all.
    #[error("the file is empty: choose a picture")]
    Empty,
    /// Over [`FILE_BYTES`].
    #[error("the file is larger than 12 MB: choose a smaller picture, or save it smaller")]
    TooManyBytes,
    /// Over [`FILE_PIXELS`].
    #[error("the picture has {width} × {height} pixels, more than 40 million: save it smaller")]
    TooManyPixels {
        /// Width in px.
        width: u32,
        /// Height in px.
        height: u32,
    },
    /// It would take more memory than any picture within the other limits.
    #[error("the picture is too large to be read here: save it smaller")]
    TooLarge,
    /// A format that people do have, but that is not read here.
    #[error(
        "{format} pictures cannot be read here: save it as JPEG or PNG, or take a screenshot of it"
    )]
    UnsupportedFormat {
        /// Name of the format.
        format: &'static str,
    },
    /// Text, whatever its name says.
    #[error("this file is text, not a picture: choose a PNG, JPEG, WebP, GIF, BMP or TIFF file")]
    Text,
    /// No format that is known here.
    #[error(
        "this file is not a picture that can be read here: choose a PNG, JPEG, WebP, GIF, BMP or TIFF file"
    )]
    UnknownFormat,
    /// The right format, but incomplete or damaged.
    #[error("the {format} file is damaged or incomplete: save or send it again")]
    Damaged {
        /// Name of the format.
        format: &'static str,
    },
    /// The right format, in a variant that the decoder does not know.
    #[error("this variant of {format} cannot be read here: save it as an ordinary JPEG or PNG")]
    UnsupportedVariant {
        /// Name of the format.
        format: &'static str,
    },
}

impl PictureError {
    /// The error for machines; never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "picture_empty",
            Self::TooManyBytes => "picture_too_many_bytes",
            Self::TooManyPixels { .. } => "picture_too_many_pixels",
            Self::TooLarge => "picture_too_large",
            Self::UnsupportedFormat { .. } => "picture_unsupported_format",
            Self::Text => "picture_is_text",
            Self::UnknownFormat => "picture_unknown_format",
            Self::Damaged { .. } => "picture_damaged",
            Self::UnsupportedVariant { .. } => "picture_unsupported_variant",
        }
    }
}

/// A picture as it is kept: RGB, 8 bits, sRGB assumed; shorter side at most [`KEPT_SIDE`] px, compressed as PNG.
#[derive(Debug)]
pub struct Picture {
    digest: String,
    width: u32,
    height: u32,
    png: Vec<u8>,
    thumbnail: OnceLock<Vec<u8>>,
}

impl Picture {
    /// Reads a file of any supported format, by its content and not by its name.
    ///
    /// # Errors
    /// When it is not a picture, is damaged, or exceeds a limit. Limits are checked before more than the header is decoded.
    pub fn decode(file: &[u8]) -> Result<Self, PictureError> {
        if file.is_empty() {
            return Err(PictureError::Empty);
        }
        if file.len() > FILE_BYTES {
            return Err(PictureError::TooManyBytes);
        }
        let format = sniff::format(file)?;
        let error = |error| from_decoder(&error, sniff::name(format));
        let mut reader = ImageReader::with_format(Cursor::new(file), format);
        reader.no_limits();
        let mut decoder = reader.into_decoder().map_err(error)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > FILE_PIXELS {
            return Err(PictureError::TooManyPixels { width, height });
        }
        if width == 0 || height == 0 {
            return Err(PictureError::Damaged {
                format: sniff::name(format),
            });
        }
        // The JPEG decoder fills what is missing with grey; half a picture is not what was chosen.
        if format == ImageFormat::Jpeg && !sniff::jpeg_ends(file) {
            return Err(PictureError::Damaged {
                format: sniff::name(format),
            });
        }
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(DECODE_BYTES);
        decoder.set_limits(limits).map_err(error)?;
        // A broken orientation is no reason to refuse the picture.
        let orientation = decoder.orientation().ok();
        let decoded = DynamicImage::from_decoder(decoder).map_err(error)?;
        let mut kept = DynamicImage::ImageRgb8(scale_down(opaque(decoded)));
        if let Some(orientation) = orientation {
            kept.apply_orientation(orientation);
        }
        Ok(Self::keep(&kept.into_rgb8()))
    }

    fn keep(pixels: &RgbImage) -> Self {
        let (width, height) = pixels.dimensions();
        let mut png = Vec::new();
        let encoder =
            PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive);
        pixels
            .write_with_encoder(encoder)
            .expect("a Vec takes all bytes and RGB is a PNG colour type");
        let digest = digest(&[&width.to_le_bytes(), &height.to_le_bytes(), pixels.as_raw()]);
        Self {
            digest,
            width,
            height,
            png,
            thumbnail: OnceLock::new(),
        }
    }

    /// Address of the picture: 32 hexadecimal digits over size and pixels, whatever file they came from.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Width in px, as kept.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in px, as kept.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The picture as a PNG file.
    #[must_use]
    pub fn png(&self) -> &[u8] {
        &self.png
    }

    /// The central square, 128 px wide, as a JPEG file. Made when it is first asked for, which takes some ms.
    #[must_use]
    pub fn thumbnail(&self) -> &[u8] {
        self.thumbnail.get_or_init(|| {
            let mut jpeg = Vec::new();
            self.resized([THUMBNAIL_SIDE; 2])
                .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, THUMBNAIL_QUALITY))
                .expect("a Vec takes all bytes and RGB is a JPEG colour type");
            jpeg
        })
    }

    /// The largest central part with the shape of `[width, height]`, scaled to that size in px.
    #[must_use]
    pub fn resized(&self, size: [u32; 2]) -> RgbImage {
        let kept = image::load_from_memory_with_format(&self.png, ImageFormat::Png)
            .expect("a PNG that was written here can be read here")
            .into_rgb8();
        resize(kept, size)
    }
}

fn from_decoder(error: &ImageError, format: &'static str) -> PictureError {
    match error {
        ImageError::Unsupported(_) => PictureError::UnsupportedVariant { format },
        ImageError::Limits(_) => PictureError::TooLarge,
        _ => PictureError::Damaged { format },
    }
}

/// The picture over white, with 8 bits per channel.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let layered = picture.into_rgba8();
    let mut flat = RgbImage::new(layered.width(), layered.height());
    for (from, to) in layered.pixels().zip(flat.pixels_mut()) {
        let [colours @ .., alpha] = from.0;
        to.0 = colours.map(|colour| over_white(colour, alpha));
    }
    flat
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let mixed = (colour * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).expect("a mean of 8-bit values has 8 bits")
}

/// The central part of the picture, at most [`KEPT_RATIO`] long, with its shorter side at most [`KEPT_SIDE`].
fn scale_down(picture: RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let shorter = width.min(height);
    let crop = [width, height].map(|side| side.min(shorter.saturating_mul(KEPT_RATIO)));
    let kept = if shorter <= KEPT_SIDE {
        crop
    } else {
        crop.map(|side| {
            let scaled = (u64::from(side) * u64::from(KEPT_SIDE) + u64::from(shorter) / 2)
                / u64::from(shorter);
            u32::try_from(scaled)
                .expect("scaling down does not grow")
                .max(1)
        })
    };
    resize(picture, kept)
}

/// Scales the largest central part with the shape of `[width, height]` to that size: Lanczos, with a wider kernel when it
/// shrinks, so that nothing flickers or vanishes. A picture that has the size already comes through as it is.
fn resize(picture: RgbImage, [width, height]: [u32; 2]) -> RgbImage {
    if picture.dimensions() == (width, height) {
        return picture;
    }
    let (from_width, from_height) = picture.dimensions();
    let source = Image::from_vec_u8(from_width, from_height, picture.into_raw(), PixelType::U8x3)
        .expect("an RgbImage has three bytes per pixel");
    let mut target = Image::new(width, height, PixelType::U8x3);
    // `resize` would compile the kernels of all types of pixels, for two thirds of the time that this crate takes.
    Resizer::new()
        .resize_typed::<U8x3>(
            &source.typed_image().expect("it was made so"),
            &mut target.typed_image_mut().expect("it was made so"),
            &ResizeOptions::new().fit_into_destination(None),
        )
        .expect("both have the same pixels and no crop leaves the source");
    RgbImage::from_raw(width, height, target.into_vec())
        .expect("the target has three bytes per pixel")
}
