//! Tiny VGG, from its folder to what a phone gets. Pictures of the data set are used too where
//! they are there; the project may not hand them on.

use std::{fs, io::Write, path::PathBuf, sync::Arc};

use convocation_inference::{
    Engine, EngineConfig, Network, Runtime,
    engine::RunKind,
    overview::{self, Size},
};
use convocation_pictures::Picture;
use flate2::{Compression, write::GzEncoder};
use image::{ImageFormat, RgbImage};

use super::{compute, label, library, project};

/// Every so many photos are compressed: all 500 take minutes without optimisation.
const PHOTO_STEP: usize = 25;

#[test]
fn the_network_recognises_its_gallery() {
    let runtime = Runtime::load().unwrap();
    let library = library(&runtime);
    let network = library.by_id("tiny-vgg").unwrap();
    let description = network.description();
    assert_eq!(
        library.by_digest(network.digest()).unwrap().id(),
        "tiny-vgg"
    );
    assert_eq!(description.parameters, 19_920);
    assert_eq!(description.gallery.len(), 20);
    let engine = Engine::start(&runtime, EngineConfig::default());
    for (entry, picture) in description.gallery.iter().zip(network.pictures()) {
        assert_eq!(
            library.picture(&entry.picture).unwrap().digest(),
            picture.digest()
        );
        let activations = compute(&engine, network, picture);
        let scores = activations.layer(&description.output).unwrap();
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let found = label(description, &activations);
        assert_eq!(found, entry.label, "{}", entry.title);
    }
    let stats = engine.stats(RunKind::Plain);
    assert_eq!((stats.runs, stats.failures, stats.queued), (20, 0, 0));
    compute(&engine, network, &network.pictures()[0]);
    assert_eq!(
        (
            engine.stats(RunKind::Plain).runs,
            engine.stats(RunKind::Plain).cache_hits
        ),
        (20, 1)
    );
    assert!(engine.stats(RunKind::Plain).cache_bytes > 20 * 800_000);
}

#[test]
fn an_upload_of_a_gallery_file_is_the_gallery_picture() {
    let network = Network::open(
        &Runtime::load().unwrap(),
        &project().join("models/tiny-vgg"),
    )
    .unwrap();
    let mut files: Vec<_> = fs::read_dir(project().join("models/tiny-vgg/gallery"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "png"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 20);
    for path in files {
        let digest = Picture::decode(&fs::read(&path).unwrap())
            .unwrap()
            .digest()
            .to_owned();
        assert!(
            network
                .description()
                .gallery
                .iter()
                .any(|entry| entry.picture == digest),
            "{}",
            path.display()
        );
    }
}

/// Pictures by kind: the gallery, noise, and photos where they are there.
fn pictures(network: &Network) -> Vec<(&'static str, Vec<Arc<Picture>>)> {
    let mut state = 1_u32;
    let noise = RgbImage::from_fn(64, 64, |_, _| {
        image::Rgb([0; 3].map(|_: u8| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        }))
    });
    let mut file = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut file, ImageFormat::Png).unwrap();
    let noise = Arc::new(Picture::decode(file.get_ref()).unwrap());
    let mut kinds = vec![
        ("gallery", network.pictures().to_vec()),
        ("noise", vec![noise]),
    ];
    let mut paths = Vec::new();
    let mut folders = vec![project().join("../shared/data/tiny10/val")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path)
            } else {
                paths.push(path)
            }
        }
    }
    paths.sort();
    let decode = |path: &PathBuf| Picture::decode(&fs::read(path).unwrap()).unwrap();
    let photos: Vec<_> = paths
        .iter()
        .step_by(PHOTO_STEP)
        .map(|path| Arc::new(decode(path)))
        .collect();
    if photos.is_empty() {
        let _ = writeln!(
            std::io::stderr(),
            "photos are skipped: the data set is not there"
        );
    } else {
        kinds.push(("photos", photos));
    }
    kinds
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(9));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn brotli(bytes: &[u8]) -> usize {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 9,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params).unwrap();
    compressed.len()
}

/// Run with `--nocapture` for the table.
#[test]
fn an_overview_costs_a_phone_at_most_32_kb_and_others_80_kb() {
    let runtime = Runtime::load().unwrap();
    let library = library(&runtime);
    let network = library.by_id("tiny-vgg").unwrap();
    let engine = Engine::start(&runtime, EngineConfig::default());
    let mut table = String::from("size  pictures  count  bytes  gzip mean/max  brotli mean/max\n");
    let mut largest = [0, 0];
    for (kind, pictures) in pictures(network) {
        for (place, (name, size)) in [("phone", Size::Phone), ("full", Size::Full)]
            .into_iter()
            .enumerate()
        {
            let mut sizes: Vec<[usize; 3]> = Vec::new();
            for picture in &pictures {
                let bytes = overview::encode(
                    network.description(),
                    &compute(&engine, network, picture),
                    size,
                );
                sizes.push([bytes.len(), gzip(&bytes), brotli(&bytes)]);
            }
            let mean =
                |which: usize| sizes.iter().map(|size| size[which]).sum::<usize>() / sizes.len();
            let max = |which: usize| sizes.iter().map(|size| size[which]).max().unwrap();
            let (gzip, brotli) = (max(1), max(2));
            largest[place] = largest[place].max(gzip).max(brotli);
            let (count, bytes) = (sizes.len(), max(0));
            table += &format!(
                "{name}  {kind}  {count}  {bytes}  {}/{gzip}  {}/{brotli}\n",
                mean(1),
                mean(2)
            );
        }
    }
    let _ = writeln!(std::io::stderr(), "{table}");
    assert!(largest[0] <= 32_000, "{table}");
    assert!(largest[1] <= 80_000, "{table}");
}
