//! Pictures of every kind, as people have them, and files that are none.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::io::Cursor;

use convocation_pictures::picture::{FILE_BYTES, KEPT_SIDE, Picture, PictureError};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::jpeg::JpegEncoder,
};
use proptest::prelude::*;

const LOSSLESS: [ImageFormat; 5] = [
    ImageFormat::Png,
    ImageFormat::WebP,
    ImageFormat::Gif,
    ImageFormat::Bmp,
    ImageFormat::Tiff,
];

/// Four quarters in colours that GIF's palette holds exactly: red, green above blue, black.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        match (x * 2 < width, y * 2 < height) {
            (true, true) => Rgb([255, 0, 0]),
            (false, true) => Rgb([0, 255, 0]),
            (true, false) => Rgb([0, 0, 255]),
            (false, false) => Rgb([0, 0, 0]),
        }
    })
}

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = picture.into();
    let picture = if format == ImageFormat::Gif {
        DynamicImage::from(picture.to_rgba8())
    } else {
        picture
    };
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn jpeg(picture: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, 95);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    file
}

/// The smallest EXIF block that says how the camera was held.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II\x2a\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    block
}

fn kept(picture: &Picture) -> RgbImage {
    image::load_from_memory_with_format(picture.png(), ImageFormat::Png)
        .unwrap()
        .into_rgb8()
}

fn code(file: &[u8]) -> &'static str {
    Picture::decode(file).map_or_else(|error| error.code(), |_| "none")
}

#[test]
fn every_lossless_format_gives_the_same_picture() {
    let pixels = quarters(20, 10);
    let digests: Vec<String> = LOSSLESS
        .iter()
        .map(|format| {
            let picture = Picture::decode(&file(pixels.clone(), *format)).unwrap();
            assert_eq!(kept(&picture), pixels, "{format:?}");
            picture.digest().to_owned()
        })
        .collect();
    assert!(
        digests.iter().all(|digest| *digest == digests[0]),
        "{digests:?}"
    );
    let other = Picture::decode(&file(quarters(20, 12), ImageFormat::Png)).unwrap();
    assert_ne!(other.digest(), digests[0]);
}

#[test]
fn other_kinds_of_pixels_become_8_bit_colours() {
    let grey = image::GrayImage::from_pixel(3, 3, image::Luma([100]));
    let deep = image::ImageBuffer::from_pixel(3, 3, Rgb([100_u16 * 257; 3]));
    for format in [ImageFormat::Png, ImageFormat::Tiff] {
        for picture in [
            DynamicImage::from(grey.clone()),
            DynamicImage::from(deep.clone()),
        ] {
            let picture = Picture::decode(&file(picture, format)).unwrap();
            assert_eq!(
                kept(&picture),
                RgbImage::from_pixel(3, 3, Rgb([100; 3])),
                "{format:?}"
            );
        }
    }
}

#[test]
fn what_is_transparent_is_white() {
    let mut layered = RgbaImage::from_pixel(2, 1, Rgba([200, 0, 0, 0]));
    layered.put_pixel(1, 0, Rgba([0, 0, 0, 127]));
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff] {
        let pixels = kept(&Picture::decode(&file(layered.clone(), format)).unwrap());
        assert_eq!(
            pixels.as_raw(),
            &[255, 255, 255, 128, 128, 128],
            "{format:?}"
        );
    }
}

#[test]
fn a_camera_held_sideways_still_gives_an_upright_picture() {
    let pixels = quarters(32, 16);
    let upright = |orientation| {
        let picture = Picture::decode(&jpeg(&pixels, Some(exif(orientation)))).unwrap();
        let kept = kept(&picture);
        assert_eq!(kept.dimensions(), (picture.width(), picture.height()));
        let corner = kept.get_pixel(2, 2).0.map(|value| value > 128);
        ([picture.width(), picture.height()], corner)
    };
    let (red, green, blue, black) = (
        [true, false, false],
        [false, true, false],
        [false, false, true],
        [false; 3],
    );
    let expected = [
        ([32, 16], red),
        ([32, 16], green),
        ([32, 16], black),
        ([32, 16], blue),
        ([16, 32], red),
        ([16, 32], blue),
        ([16, 32], black),
        ([16, 32], green),
    ];
    for (orientation, expected) in (1..).zip(expected) {
        assert_eq!(upright(orientation), expected, "orientation {orientation}");
    }
    assert_eq!(
        upright(77).0,
        [32, 16],
        "an orientation that does not exist"
    );
}

#[test]
fn large_pictures_are_kept_small_and_small_ones_as_they_are() {
    let sizes = [
        ((1, 1), (1, 1)),
        ((1, 9), (1, 4)),
        ((512, 512), (512, 512)),
        ((1024, 1536), (KEPT_SIDE, 768)),
        ((3000, 600), (2048, KEPT_SIDE)),
        ((700, 513), (699, KEPT_SIDE)),
    ];
    for ((width, height), expected) in sizes {
        let picture = Picture::decode(&file(quarters(width, height), ImageFormat::Png)).unwrap();
        let ratio = f64::from(picture.width()) / f64::from(picture.height());
        assert_eq!(
            (picture.width(), picture.height()),
            expected,
            "{width} × {height}, ratio {ratio}"
        );
    }
}

#[test]
fn a_thumbnail_is_the_central_square_of_a_picture_of_any_size() {
    for (width, height) in [(1, 1), (1, 9), (64, 64), (700, 300), (300, 700)] {
        let whole = quarters(width, height);
        let picture = Picture::decode(&file(whole, ImageFormat::Png)).unwrap();
        let jpeg = picture.thumbnail();
        let thumbnail = image::load_from_memory(jpeg).unwrap().into_rgb8();
        assert_eq!(thumbnail.dimensions(), (128, 128), "{width} × {height}");
        assert!(
            jpeg.len() < 12_000,
            "{width} × {height}: {} bytes",
            jpeg.len()
        );
        if width.min(height) < 64 {
            continue;
        }
        let right = quarters(128, 128);
        for (x, y) in [(16, 16), (112, 16), (16, 112), (112, 112)] {
            let (is, should) = (thumbnail.get_pixel(x, y), right.get_pixel(x, y));
            for (is, should) in is.0.into_iter().zip(should.0) {
                assert!(
                    is.abs_diff(should) < 12,
                    "{width} × {height} at {x}, {y}: {is} for {should}"
                );
            }
        }
    }
}

/// A PNG file that says it has this size, and nothing after that.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut header = file(quarters(1, 1), ImageFormat::Png);
    header[16..20].copy_from_slice(&width.to_be_bytes());
    header[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&header[12..29]).to_be_bytes();
    header[29..33].copy_from_slice(&crc);
    header
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[test]
fn limits_hold_before_anything_is_decoded() {
    assert_eq!(code(&vec![0; FILE_BYTES + 1]), "picture_too_many_bytes");
    assert_eq!(code(&png_header(8000, 5001)), "picture_too_many_pixels");
    assert_eq!(
        code(&png_header(2_000_000_000, 2_000_000_000)),
        "picture_too_large"
    );
    // Within the limit the header passes, and the missing pixels are found.
    assert_eq!(code(&png_header(8000, 5000)), "picture_damaged");
}

#[test]
fn files_that_are_no_pictures_are_named() {
    let cases: [(&[u8], &str, &str); 10] = [
        (b"", "picture_empty", "choose a picture"),
        (
            b"Dear class,\nno picture today.\n",
            "picture_is_text",
            "text",
        ),
        ("Grüße, ein Text".as_bytes(), "picture_is_text", "text"),
        (
            b"<?xml version='1.0'?>\n<svg xmlns='x'></svg>",
            "picture_unsupported_format",
            "SVG",
        ),
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "picture_unsupported_format",
            "HEIC",
        ),
        (
            b"\0\0\0\x18ftypavif\0\0\0\0",
            "picture_unsupported_format",
            "AVIF",
        ),
        (
            b"\0\0\0\x18ftypmp42\0\0\0\0",
            "picture_unsupported_format",
            "video",
        ),
        (b"%PDF-1.7\n", "picture_unsupported_format", "PDF"),
        (
            b"\x7fELF\x02\x01\x01\0\0\0\xfe\xff",
            "picture_unknown_format",
            "PNG, JPEG",
        ),
        (b"GIF89a", "picture_damaged", "GIF"),
    ];
    for (file, expected_code, expected_word) in cases {
        let error = Picture::decode(file).unwrap_err();
        assert_eq!(error.code(), expected_code, "{error}");
        assert!(error.to_string().contains(expected_word), "{error}");
    }
}

#[test]
fn a_file_that_was_cut_off_is_damaged() {
    let noise = RgbImage::from_fn(64, 64, |x, y| {
        Rgb([x, y, x ^ y].map(|v| u8::try_from(v * 37 % 256).unwrap()))
    });
    let mut files: Vec<(String, Vec<u8>)> = LOSSLESS
        .iter()
        .map(|format| (format!("{format:?}"), file(noise.clone(), *format)))
        .collect();
    files.push(("Jpeg".to_owned(), jpeg(&noise, None)));
    for (name, whole) in files {
        assert!(Picture::decode(&whole).is_ok(), "{name}");
        for part in [whole.len() / 4, whole.len() / 2, whole.len() * 9 / 10] {
            let result = Picture::decode(&whole[..part]);
            assert!(
                matches!(
                    result,
                    Err(PictureError::Damaged { .. } | PictureError::UnsupportedVariant { .. })
                ),
                "{name} cut to {part}: {result:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        // Whether it is a picture does not matter; an answer does.
        let _ = Picture::decode(&bytes);
    }

    #[test]
    fn damaged_pictures_never_panic(
        format in 0..6_usize,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..6),
        end in any::<proptest::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let pixels = quarters(17, 13);
        let mut bytes = LOSSLESS.get(format).map_or_else(|| jpeg(&pixels, Some(exif(6))), |format| file(pixels.clone(), *format));
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(picture) = Picture::decode(&bytes) {
            prop_assert!(picture.width().min(picture.height()) <= KEPT_SIDE);
        }
    }
}
