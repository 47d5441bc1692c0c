//! Preprocessing: a picture becomes the input of a network. What kinds of files there are is in `convocation-pictures`.

use convocation_pictures::Picture;
use image::RgbImage;

use crate::description::Input;

/// The input tensor `[1, C, H, W]` for a picture: shorter side scaled, centre cropped, black and white mapped to the range,
/// everything between rounded to the nearest of the levels.
///
/// With one channel it is the brightness after ITU-R BT.601, as the usual libraries have it.
#[must_use]
pub fn prepare(input: &Input, picture: &Picture) -> Vec<f32> {
    tensor(input, &picture.resized([input.width, input.height]))
}

fn tensor(input: &Input, pixels: &RgbImage) -> Vec<f32> {
    let values = values(input);
    let value = |level: u8| values[usize::from(level)];
    if input.channels.len() == 1 {
        return pixels
            .pixels()
            .map(|pixel| value(brightness(pixel.0)))
            .collect();
    }
    (0..3)
        .flat_map(|channel| pixels.pixels().map(move |pixel| pixel.0[channel]))
        .map(value)
        .collect()
}

/// The value of each of the 256 levels that a picture has.
fn values(input: &Input) -> Vec<f32> {
    let [black, white] = input.range;
    let all = (0..=u8::MAX).map(f32::from);
    match input.levels {
        None => all
            .map(|level| black + level / 255.0 * (white - black))
            .collect(),
        // Multiplied before it is divided: whole numbers come out as such.
        Some(levels) => {
            let last = levels.saturating_sub(1).max(1) as f32;
            all.map(|level| (level / 255.0 * last).round())
                .map(|level| black + level * (white - black) / last)
                .collect()
        }
    }
}

fn brightness([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from((sum + 500) / 1000).expect("a mean of 8-bit values has 8 bits")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb};
    use proptest::prelude::*;

    use super::*;

    fn input(side: u32, range: [f32; 2], channels: &[&str]) -> Input {
        let channels = channels.iter().map(|name| (*name).to_owned()).collect();
        Input {
            channels,
            height: side,
            width: side,
            range,
            levels: None,
        }
    }

    const COLOURS: &[&str] = &["Red", "Green", "Blue"];

    fn picture(pixels: &RgbImage) -> Picture {
        let mut file = Cursor::new(Vec::new());
        pixels.write_to(&mut file, ImageFormat::Png).unwrap();
        Picture::decode(file.get_ref()).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn a_picture_of_the_right_size_comes_through_exactly(bytes in proptest::collection::vec(any::<u8>(), 64 * 64 * 3)) {
            let pixels = RgbImage::from_raw(64, 64, bytes).unwrap();
            let found = prepare(&input(64, [0.0, 1.0], COLOURS), &picture(&pixels));
            let expected: Vec<f32> = (0..3)
                .flat_map(|channel| pixels.pixels().map(move |pixel| f32::from(pixel.0[channel]) / 255.0))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn black_and_white_meet_the_ends_of_the_range() {
        let pixels = RgbImage::from_fn(8, 8, |x, _| Rgb([if x < 4 { 0 } else { 255 }; 3]));
        let found = prepare(&input(8, [-1.0, 1.0], COLOURS), &picture(&pixels));
        assert_eq!(&found[..8], [-1.0, -1.0, -1.0, -1.0, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(found.len(), 3 * 8 * 8);
    }

    #[test]
    fn one_channel_is_brightness() {
        let pixels = RgbImage::from_pixel(4, 4, Rgb([255, 0, 0]));
        let found = prepare(&input(4, [0.0, 255.0], &["Brightness"]), &picture(&pixels));
        assert_eq!(found, [76.0; 16]);
    }

    #[test]
    fn levels_make_whole_numbers() {
        let ramp = RgbImage::from_fn(256, 256, |x, _| Rgb([u8::try_from(x).unwrap(); 3]));
        for levels in [2, 3, 4, 10, 256] {
            let highest = f32::from(u16::try_from(levels - 1).unwrap());
            let input = Input {
                levels: Some(levels),
                ..input(256, [0.0, highest], &["Brightness"])
            };
            let found = prepare(&input, &picture(&ramp));
            let mut different = found.clone();
            different.dedup();
            different.truncate(levels as usize);
            let expected: Vec<f32> = (0..levels).map(|level| level as f32).collect();
            assert_eq!(different, expected);
            // Rounded, not cut off: what is darker than the middle is below it, what is lighter above.
            assert!(found[..256].is_sorted());
            assert_eq!(found[127] + found[128], highest);
        }
    }

    #[test]
    fn the_centre_is_kept() {
        let stripe = |x: u32| {
            if (100..200).contains(&x) {
                [0, 255, 0]
            } else {
                [255, 0, 0]
            }
        };
        let wide = RgbImage::from_fn(300, 100, |x, _| Rgb(stripe(x)));
        let found = prepare(&input(10, [0.0, 1.0], COLOURS), &picture(&wide));
        // Away from the edges of the stripe there is no red.
        let red: Vec<f32> = (0..10)
            .flat_map(|row| found[row * 10 + 2..row * 10 + 8].to_vec())
            .collect();
        assert!(red.iter().all(|value| *value < 0.02), "{red:?}");
    }

    #[test]
    fn shrinking_averages() {
        let checker = RgbImage::from_fn(256, 256, |x, y| {
            Rgb([if (x + y) % 2 == 0 { 255 } else { 0 }; 3])
        });
        let found = prepare(&input(32, [0.0, 1.0], COLOURS), &picture(&checker));
        assert!(found.iter().all(|value| (value - 0.5).abs() < 0.02));
    }
}
