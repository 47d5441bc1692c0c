//! What the crate adds to ONNX Runtime, in one run: `cargo bench -p convocation-inference`.

use std::{
    hint::black_box,
    io::Cursor,
    path::Path,
    sync::{Arc, mpsc::channel},
    time::{Duration, Instant},
};

use convocation_inference::{
    EditedNetwork, Engine, EngineConfig, KernelEdit, Library, Network, Runtime, edit::Kernel,
    overview, preprocess::prepare,
};
use convocation_pictures::Picture;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use image::{ImageFormat, Rgb, RgbImage};
use ort::value::TensorRef;

/// Different pictures for the engine: more than the cache holds in this benchmark, so that each is computed.
const PICTURES: u32 = 64;

fn photo(width: u32, height: u32, seed: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([x + seed, y * 2 + seed, (x * y) / 64 + seed]
            .map(|value| u8::try_from(value % 256).expect("below 256")))
    })
}

fn file(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture
        .write_to(&mut file, format)
        .expect("a Vec takes all bytes");
    file.into_inner()
}

fn sessions(criterion: &mut Criterion, runtime: &Runtime, network: &Arc<Network>) {
    let description = network.description();
    let picture = &network.pictures()[0];
    let input = prepare(&description.input, picture);
    let shape: Vec<i64> = std::iter::once(1)
        .chain(description.layers[0].shape.iter().map(|n| i64::from(*n)))
        .collect();
    let mut group = criterion.benchmark_group("one picture");
    let mut session = network.session(runtime).expect("the network was opened");
    group.bench_function("bare Session::run, all outputs", |bencher| {
        bencher.iter(|| {
            let tensor =
                TensorRef::from_array_view((shape.clone(), &*input)).expect("the shape fits");
            black_box(session.run(ort::inputs![tensor]).expect("the network runs"));
        });
    });
    let mut session = network.session(runtime).expect("the network was opened");
    group.bench_function("through the crate: input to activations", |bencher| {
        bencher.iter(|| {
            black_box(
                network
                    .run(&mut session, input.clone())
                    .expect("the network runs"),
            )
        });
    });
    let edit = KernelEdit {
        layer: "conv_1_1".to_owned(),
        unit: 3,
        kernels: vec![Kernel {
            input: 0,
            weights: vec![0.5; 9],
        }],
        bias: Some(0.0),
    };
    let edited = EditedNetwork::new(network, edit).expect("the edit fits the network");
    let mut edited_session = network
        .edited_session(runtime)
        .expect("the network was opened");
    group.bench_function("the same with an edited kernel", |bencher| {
        bencher.iter(|| {
            black_box(
                network
                    .run_edited(&mut edited_session, input.clone(), &edited)
                    .expect("the network runs"),
            )
        });
    });
    let activations = network
        .run(&mut session, input.clone())
        .expect("the network runs");
    for (name, size) in [
        ("phone", overview::Size::Phone),
        ("full", overview::Size::Full),
    ] {
        group.bench_function(format!("overview, {name}"), |bencher| {
            bencher.iter(|| black_box(overview::encode(description, &activations, size)));
        });
    }
    group.finish();
}

fn pictures(criterion: &mut Criterion, network: &Network) {
    let input = &network.description().input;
    let mut group = criterion.benchmark_group("decode and preprocess");
    for (name, width, height) in [("64 px JPEG", 64, 64), ("12 megapixel JPEG", 4000, 3000)] {
        let bytes = file(&photo(width, height, 0), ImageFormat::Jpeg);
        group.sample_size(10).bench_function(name, |bencher| {
            bencher.iter(|| {
                let picture = Picture::decode(&bytes).expect("it was just encoded");
                black_box(prepare(input, &picture))
            });
        });
    }
    group.finish();
}

fn engine(criterion: &mut Criterion, runtime: &Runtime, network: &Arc<Network>) {
    // Without a cache, every picture is computed every time.
    let config = EngineConfig {
        queue: PICTURES as usize,
        cache_bytes: 0,
        ..EngineConfig::default()
    };
    let engine = Engine::start(runtime, config);
    let decode = |seed| {
        let bytes = file(&photo(64, 64, seed), ImageFormat::Png);
        Arc::new(Picture::decode(&bytes).expect("it was just encoded"))
    };
    let pictures: Vec<Arc<Picture>> = (0..PICTURES).map(decode).collect();
    let all = || {
        let (send, receive) = channel();
        for picture in &pictures {
            let send = send.clone();
            engine.activations(network, picture, move |result| {
                send.send(result.is_ok()).expect("someone waits")
            });
        }
        drop(send);
        assert_eq!(receive.iter().filter(|done| *done).count(), pictures.len());
    };
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(u64::from(PICTURES)));
    group.bench_function(
        format!("{PICTURES} pictures on {} threads", config.threads),
        |bencher| {
            bencher.iter_custom(|rounds| {
                let begun = Instant::now();
                (0..rounds).for_each(|_| all());
                begun.elapsed()
            });
        },
    );
    group.finish();
}

fn all(criterion: &mut Criterion) {
    let runtime = Runtime::load().expect("`make setup` was run");
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let library = Library::open(&runtime, &models).expect("the project's networks are right");
    let network = library
        .by_id("tiny-vgg")
        .expect("it comes with the project");
    sessions(criterion, &runtime, network);
    pictures(criterion, network);
    engine(criterion, &runtime, network);
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_secs(1));
    targets = all
}
criterion_main!(benches);
