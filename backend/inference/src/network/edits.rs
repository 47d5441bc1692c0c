//! Edited networks against networks whose file was really changed, and against the reference.

use std::sync::mpsc::channel;

use super::{
    file::{File, floats, folder, int, noise},
    reference::compute,
    *,
};
use crate::{
    edit::{EDIT_WEIGHTS, EditError, Kernel, KernelEdit},
    engine::{Engine, EngineConfig, RunKind},
    onnx::{AttributeProto, NodeProto, ValueInfoProto},
};

/// Kernels of the second convolution.
const KERNEL: [usize; 2] = [3, 2];

/// Two convolutions, the second in two groups, with what follows a convolution in a classifier. `first` has the weights of the second's
/// unit 2, `bias` its bias.
fn file(changed: Option<(&[f32], f32)>) -> File {
    let mut file = File::new(&[1, 3, 12, 10]);
    let (weight, bias) = (file.noise(&[4, 3, 3, 3]), file.noise(&[4]));
    file.node("Conv", &[&weight, &bias], &[])
        .node("Relu", &[], &[]);
    let mut weights = noise(4 * 2 * 6, 5);
    let mut biases = noise(4, 6);
    if let Some((kernels, bias)) = changed {
        weights[2 * 12..3 * 12].copy_from_slice(kernels);
        biases[2] = bias;
    }
    let weight = file.constant(&[4, 2, 3, 2], &weights);
    let bias = file.constant(&[4], &biases);
    file.node("Conv", &[&weight, &bias], &[int("group", 2)])
        .node("Relu", &[], &[])
        .node("GlobalAveragePool", &[], &[]);
    file.classify(4, 3).node("Softmax", &[], &[]);
    file
}

fn open(file: &mut File) -> (Arc<Network>, Runtime) {
    let runtime = Runtime::load().expect("`make setup` was run");
    let folder = folder(&file.bytes(), 3, 3);
    let network = Network::open(&runtime, folder.path()).unwrap();
    (Arc::new(network), runtime)
}

/// Both kernels of unit 2 of the second convolution, and its bias.
fn edit() -> (KernelEdit, Vec<f32>, f32) {
    let kernels = noise(12, 77);
    let (size, bias) = (KERNEL[0] * KERNEL[1], 0.375);
    let edit = KernelEdit {
        layer: "conv_2".to_owned(),
        unit: 2,
        // The unit is in the second group: it reads inputs 2 and 3.
        kernels: vec![
            Kernel {
                input: 3,
                weights: kernels[size..].to_vec(),
            },
            Kernel {
                input: 2,
                weights: kernels[..size].to_vec(),
            },
        ],
        bias: Some(bias),
    };
    (edit, kernels, bias)
}

fn check_same(network: &Network, found: &Activations, expected: &Activations) {
    for layer in &network.description().layers {
        let pair = found.layer(&layer.id).zip(expected.layer(&layer.id));
        let (found, expected) = pair.unwrap();
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            let tolerance = 1e-5 * expected.abs().max(1.0);
            assert!(
                (found - expected).abs() <= tolerance,
                "{}: {found} is not {expected}",
                layer.id
            );
        }
    }
}

/// An edited run of a network has the values of the network in the file that says the same.
fn check_edit(mut plain: File, mut changed: File) {
    let (network, runtime) = open(&mut plain);
    let (really, _) = open(&mut changed);
    let edited = EditedNetwork::new(&network, edit().0).unwrap();
    let input = noise(3 * 12 * 10, 99);
    let mut session = network.edited_session(&runtime).unwrap();
    let found = network
        .run_edited(&mut session, input.clone(), &edited)
        .unwrap();
    let mut other = really.session(&runtime).unwrap();
    check_same(
        &network,
        &found,
        &really.run(&mut other, input.clone()).unwrap(),
    );
    assert_eq!(
        edited.weights("conv_2").unwrap(),
        really.weights("conv_2").unwrap()
    );
    assert_eq!(
        edited.weights("conv_0").unwrap(),
        network.weights("conv_0").unwrap()
    );
    let layers = &network.description().layers;
    let place = layers
        .iter()
        .position(|layer| layer.id == "conv_2")
        .unwrap();
    let weights = floats(&edited.weights("conv_2").unwrap());
    let before = &layers[place - 1];
    let source = found.layer(&before.id).unwrap();
    let reference = compute(&layers[place], &weights, before, source);
    for (found, expected) in found.layer("conv_2").unwrap().iter().zip(&reference) {
        assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
    }
    // Nothing of an edit is left for the next run of the session.
    let nothing = KernelEdit {
        kernels: Vec::new(),
        bias: None,
        ..edit().0
    };
    let nothing = EditedNetwork::new(&network, nothing).unwrap();
    let mut own = network.session(&runtime).unwrap();
    let original = network.run(&mut own, input.clone()).unwrap();
    let again = network.run_edited(&mut session, input, &nothing).unwrap();
    check_same(&network, &again, &original);
}

fn changed() -> File {
    let (_, kernels, bias) = edit();
    file(Some((&kernels, bias)))
}

#[test]
fn an_edit_has_the_values_of_a_changed_file() {
    check_edit(file(None), changed());
}

#[test]
fn an_edit_works_in_files_of_the_old_format() {
    let old = |mut file: File| {
        // Before version 4 every constant is an input, and none may be given.
        file.model.ir_version = 3;
        let names: Vec<_> = file
            .graph()
            .initializer
            .iter()
            .map(|t| (t.name.clone(), t.dims.clone()))
            .collect();
        for (name, dims) in names {
            let info: ValueInfoProto = super::file::value_info(&name, &dims);
            file.graph().input.push(info);
        }
        file
    };
    check_edit(old(file(None)), old(changed()));
}

#[test]
fn an_edit_works_where_nodes_make_the_constants() {
    let nodes = |mut file: File| {
        for tensor in std::mem::take(&mut file.graph().initializer) {
            let value = AttributeProto {
                name: "value".to_owned(),
                t: Some(tensor.clone()),
                r#type: 4,
                ..AttributeProto::default()
            };
            let node = NodeProto {
                output: vec![tensor.name],
                op_type: "Constant".to_owned(),
                attribute: vec![value],
                ..NodeProto::default()
            };
            file.graph().node.insert(0, node);
        }
        file
    };
    check_edit(nodes(file(None)), nodes(changed()));
}

#[test]
fn an_edit_that_does_not_fit_says_why() {
    let (network, _) = open(&mut file(None));
    let check = |change: fn(&mut KernelEdit), expected: EditError| {
        let mut edit = edit().0;
        change(&mut edit);
        let refused = EditedNetwork::new(&network, edit).unwrap_err();
        assert_eq!(refused, expected);
    };
    check(
        |e| e.layer = "none".to_owned(),
        EditError::NoSuchLayer("none".to_owned()),
    );
    check(
        |e| e.layer = "relu_1".to_owned(),
        EditError::NotAConvolution("relu_1".to_owned()),
    );
    check(|e| e.unit = 4, EditError::NoSuchUnit { unit: 4, units: 4 });
    check(|e| e.unit = 0, EditError::NotRead { unit: 0, input: 3 });
    check(
        |e| e.kernels[0].input = 4,
        EditError::NotRead { unit: 2, input: 4 },
    );
    check(|e| e.kernels[0].input = 2, EditError::Twice(2));
    check(
        |e| e.kernels[1].weights.truncate(5),
        EditError::Size {
            expected: 6,
            found: 5,
        },
    );
    check(
        |e| e.kernels[0].weights = vec![0.0; EDIT_WEIGHTS],
        EditError::TooMany(EDIT_WEIGHTS + 6),
    );
    check(
        |e| e.kernels[0].weights[3] = f32::NAN,
        EditError::NotANumber,
    );
    check(|e| e.bias = Some(f32::INFINITY), EditError::NotANumber);
}

#[test]
fn weights_that_are_shared_or_not_there_cannot_be_edited() {
    let mut shared = File::new(&[1, 3, 12, 10]);
    let weight = shared.noise(&[3, 3, 3, 3]);
    shared
        .node("Conv", &[&weight], &[])
        .node("Conv", &[&weight], &[])
        .node("GlobalAveragePool", &[], &[]);
    shared.classify(3, 3).node("Softmax", &[], &[]);
    let plain = |layer: &str, bias| KernelEdit {
        layer: layer.to_owned(),
        unit: 0,
        kernels: Vec::new(),
        bias,
    };
    let (network, _) = open(&mut shared);
    assert_eq!(
        EditedNetwork::new(&network, plain("conv_0", None)).unwrap_err(),
        EditError::Shared("conv_0".to_owned())
    );
    let mut unbiased = File::new(&[1, 3, 12, 10]);
    let weight = unbiased.noise(&[3, 3, 3, 3]);
    unbiased
        .node("Conv", &[&weight], &[])
        .node("GlobalAveragePool", &[], &[]);
    unbiased.classify(3, 3).node("Softmax", &[], &[]);
    let (network, _) = open(&mut unbiased);
    assert_eq!(
        EditedNetwork::new(&network, plain("conv_0", Some(0.0))).unwrap_err(),
        EditError::NoBias("conv_0".to_owned())
    );
    EditedNetwork::new(&network, plain("conv_0", None)).unwrap();
}

#[test]
fn the_same_edit_has_the_same_digest() {
    let (network, _) = open(&mut file(None));
    let digest = |change: fn(&mut KernelEdit)| {
        let mut edit = edit().0;
        change(&mut edit);
        EditedNetwork::new(&network, edit)
            .unwrap()
            .digest()
            .to_owned()
    };
    let same = digest(|_| ());
    assert_eq!(digest(|e| e.kernels.reverse()), same);
    for change in [
        |e: &mut KernelEdit| e.unit = 3,
        |e: &mut KernelEdit| e.bias = None,
        |e: &mut KernelEdit| e.bias = Some(0.5),
        |e: &mut KernelEdit| e.kernels[0].weights[0] += 0.001,
        |e: &mut KernelEdit| {
            e.kernels.pop();
        },
    ] {
        assert_ne!(digest(change), same);
    }
}

#[test]
fn edited_activations_have_their_own_cache() {
    let (network, runtime) = open(&mut file(None));
    let engine = Engine::start(&runtime, EngineConfig::default());
    let file = image::RgbImage::from_fn(16, 16, |x, y| {
        image::Rgb([x, y, x * y].map(|v| v.to_le_bytes()[0]))
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    file.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let picture = Arc::new(Picture::decode(bytes.get_ref()).unwrap());
    let edited = Arc::new(EditedNetwork::new(&network, edit().0).unwrap());
    let (send, receive) = channel();
    for _ in 0..2 {
        let send = send.clone();
        engine.edited_activations(&edited, &picture, move |result| send.send(result).unwrap());
        receive.recv().unwrap().unwrap();
    }
    let (plain, edits) = (engine.stats(RunKind::Plain), engine.stats(RunKind::Edited));
    assert_eq!((plain.runs, plain.cache_bytes), (0, 0));
    assert_eq!((edits.runs, edits.cache_hits, edits.failures), (1, 1, 0));
    assert!(edits.cache_bytes > 0);
}
