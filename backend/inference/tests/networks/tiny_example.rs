//! The tiny example: whatever it is shown, its arithmetic is one of small whole numbers.

use std::fs;

use convocation_inference::{Activations, Engine, EngineConfig, Network, Runtime};
use convocation_pictures::Picture;

use super::{compute, label, library, project};

/// Checks that all values before the softmax are whole, and that those of the input are at most 3.
fn check_whole(network: &Network, activations: &Activations) {
    let layers = &network.description().layers;
    for layer in &layers[..layers.len() - 1] {
        let values = activations.layer(&layer.id).unwrap();
        assert!(
            values.iter().all(|value| value.fract() == 0.0),
            "{}: {values:?}",
            layer.id
        );
    }
    let input = activations.layer(&layers[0].id).unwrap();
    assert!(input.iter().all(|value| (0.0..=3.0).contains(value)));
}

#[test]
fn the_gallery_is_recognised_in_whole_numbers() {
    let runtime = Runtime::load().unwrap();
    let library = library(&runtime);
    let network = library.by_id("tiny-example").unwrap();
    let description = network.description();
    assert_eq!(description.parameters, 9 + 1 + 8 + 2);
    assert_eq!(description.input.channels, ["Grey"]);
    let engine = Engine::start(&runtime, EngineConfig::default());
    for (entry, picture) in description.gallery.iter().zip(network.pictures()) {
        let activations = compute(&engine, network, picture);
        check_whole(network, &activations);
        assert_eq!(label(description, &activations), entry.label);
    }
    let of_first = compute(&engine, network, &network.pictures()[0]);
    let row = [1.0, 1.0, 2.0, 1.0, 1.0];
    assert_eq!(of_first.layer("input").unwrap(), row.repeat(5));
    assert_eq!(of_first.layer("conv").unwrap(), [-8.0, 1.0, -8.0].repeat(3));
    assert_eq!(of_first.layer("output").unwrap(), [3.0, -1.0]);
}

#[test]
fn any_picture_becomes_five_by_five_whole_numbers() {
    let runtime = Runtime::load().unwrap();
    let library = library(&runtime);
    let network = library.by_id("tiny-example").unwrap();
    let engine = Engine::start(&runtime, EngineConfig::default());
    let gallery = project().join("models/tiny-vgg/gallery");
    for name in ["koala-1.png", "sport-car-2.png"] {
        let picture = Picture::decode(&fs::read(gallery.join(name)).unwrap()).unwrap();
        let activations = compute(&engine, network, &picture.into());
        check_whole(network, &activations);
        let input = activations.layer("input").unwrap();
        assert_eq!(input.len(), 25);
        assert!(input.iter().any(|value| *value != input[0]), "{name}");
    }
}
