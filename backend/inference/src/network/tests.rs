//! Descriptions against ONNX Runtime: every layer of random networks has the value that its description says.

use proptest::prelude::*;
use tempfile::TempDir;

use super::{
    file::{File, float, floats, folder, int, ints, noise, text},
    reference::compute,
    *,
};
use crate::{
    graph::INPUT,
    onnx::{AttributeProto, EXTERNAL, NodeProto, StringStringEntryProto},
};

fn open(
    file: &mut File,
    channels: usize,
    classes: usize,
) -> Result<(Network, Runtime, TempDir), NetworkError> {
    let runtime = Runtime::load().expect("`make setup` was run");
    let folder = folder(&file.bytes(), channels, classes);
    Network::open(&runtime, folder.path()).map(|network| (network, runtime, folder))
}

/// Compares every layer with the reference, each for what ONNX Runtime made of the layer before.
fn check_values(network: &Network, runtime: &Runtime) -> Result<(), String> {
    let layers = &network.description().layers;
    let input = noise(layers[0].shape.iter().product::<u32>() as usize, 99);
    let mut session = network.session(runtime).unwrap();
    let activations = network.run(&mut session, input.clone()).unwrap();
    assert_eq!(activations.layer(INPUT).unwrap(), input);
    for pair in layers.windows(2) {
        let [before, layer] = pair else {
            unreachable!()
        };
        let weights = floats(network.weights(&layer.id).unwrap());
        let described: u32 = layer
            .weights
            .iter()
            .map(|shape| shape.iter().product::<u32>())
            .sum();
        assert_eq!(weights.len(), described as usize, "{}", layer.id);
        let expected = compute(
            layer,
            &weights,
            before,
            activations.layer(&before.id).unwrap(),
        );
        let found = activations.layer(&layer.id).unwrap();
        assert_eq!(found.len(), expected.len(), "{}", layer.id);
        for (place, (found, expected)) in found.iter().zip(&expected).enumerate() {
            if (found - expected).abs() > 1e-4 * expected.abs().max(1.0) {
                return Err(format!(
                    "{} {:?} [{place}]: {found}, reference {expected}",
                    layer.id, layer.op
                ));
            }
        }
    }
    Ok(())
}

#[derive(Clone, Debug)]
struct Geometry {
    size: [i64; 2],
    kernel: [i64; 2],
    stride: [i64; 2],
    dilation: [i64; 2],
    pads: [i64; 4],
    auto_pad: &'static str,
    ceil: bool,
}

impl Geometry {
    fn attributes(&self, dilated: bool) -> Vec<AttributeProto> {
        let mut all = vec![
            ints("kernel_shape", &self.kernel),
            ints("strides", &self.stride),
        ];
        if dilated {
            all.push(ints("dilations", &self.dilation));
        }
        all.push(if self.auto_pad == "NOTSET" {
            ints("pads", &self.pads)
        } else {
            text("auto_pad", self.auto_pad)
        });
        all
    }

    /// Cells of the input that the kernel spans.
    fn span(&self, axis: usize) -> i64 {
        (self.kernel[axis] - 1) * self.dilation[axis] + 1
    }

    fn fits(&self) -> bool {
        (0..2).all(|axis| self.span(axis) <= self.size[axis])
    }

    /// Whether rounding up makes a window that begins beyond the map. ONNX's own shape inference counts it, its runtime does
    /// not, so that no classifier fits behind it.
    fn counts_an_empty_window(&self) -> bool {
        let pads = if self.auto_pad == "NOTSET" {
            self.pads
        } else {
            [0; 4]
        };
        let empty = |axis: usize| {
            let room = self.size[axis] + pads[axis] + pads[axis + 2] - self.span(axis);
            (room + self.stride[axis] - 1) / self.stride[axis] * self.stride[axis]
                >= self.size[axis] + pads[axis]
        };
        self.ceil && !self.auto_pad.starts_with("SAME") && (empty(0) || empty(1))
    }
}

fn geometry() -> impl Strategy<Value = Geometry> {
    let pair = |range: std::ops::RangeInclusive<i64>| [range.clone(), range];
    let auto_pad = prop_oneof![3 => Just("NOTSET"), 1 => Just("VALID"), 1 => Just("SAME_UPPER"), 1 => Just("SAME_LOWER")];
    (
        pair(5..=11),
        pair(1..=4),
        pair(1..=3),
        pair(1..=2),
        [0_i64..=3, 0..=3, 0..=3, 0..=3],
        auto_pad,
        any::<bool>(),
    )
        .prop_map(|(size, kernel, stride, dilation, pads, auto_pad, ceil)| {
            // ONNX Runtime wants every window to touch the map.
            let pads = [0, 1, 2, 3].map(|side: usize| pads[side].min(kernel[side % 2] - 1));
            // It does not run these, and they are refused.
            let dilation = if auto_pad.starts_with("SAME") {
                [1, 1]
            } else {
                dilation
            };
            Geometry {
                size,
                kernel,
                stride,
                dilation,
                pads,
                auto_pad,
                ceil,
            }
        })
}

/// Appends a classifier; the number of its inputs is what the refusal of a wrong one says.
fn classify(file: &mut File, channels: usize) -> Result<(Network, Runtime, TempDir), NetworkError> {
    let graph = Graph::read(&flat_bytes(file), Path::new("")).unwrap();
    let inputs = i64::from(graph.layers.last().unwrap().units());
    file.classify(inputs, 3).node("Softmax", &[], &[]);
    open(file, channels, 3)
}

/// The bytes of the file with its last value flattened.
fn flat_bytes(file: &mut File) -> Vec<u8> {
    let mut copy = File {
        model: file.model.clone(),
    };
    copy.node("Flatten", &[], &[]).bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn convolutions(geometry in geometry(), groups in 1_i64..=2, per_group in 1_i64..=2, bias in any::<bool>()) {
        prop_assume!(geometry.fits());
        let mut file = File::new(&[1, 3, geometry.size[0], geometry.size[1]]);
        // The first convolution makes a number of channels that the second can split.
        let weight = file.noise(&[2, 3, 1, 1]);
        file.node("Conv", &[&weight], &[]);
        let weight = file.noise(&[groups * per_group, 2 / groups, geometry.kernel[0], geometry.kernel[1]]);
        let bias = if bias { file.noise(&[groups * per_group]) } else { String::new() };
        let constants = if bias.is_empty() { vec![weight.as_str()] } else { vec![weight.as_str(), &bias] };
        let mut attributes = geometry.attributes(true);
        attributes.push(int("group", groups));
        file.node("Conv", &constants, &attributes);
        let (network, runtime, _folder) = classify(&mut file, 3).unwrap();
        check_values(&network, &runtime).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn poolings(geometry in geometry(), max in any::<bool>(), count_padding in any::<bool>()) {
        // Only maxima are taken of windows with gaps.
        let geometry = if max { geometry } else { Geometry { dilation: [1, 1], ..geometry } };
        prop_assume!(geometry.fits() && !geometry.counts_an_empty_window());
        // ONNX Runtime does not run these: it reckons with negative padding.
        let skips = (0..2).any(|axis| geometry.stride[axis] > geometry.kernel[axis]);
        prop_assume!(!(skips && geometry.auto_pad.starts_with("SAME")));
        let mut file = File::new(&[-1, 1, geometry.size[0], geometry.size[1]]);
        let mut attributes = geometry.attributes(max);
        attributes.push(int("ceil_mode", i64::from(geometry.ceil)));
        if !max {
            attributes.push(int("count_include_pad", i64::from(count_padding)));
        }
        file.node(if max { "MaxPool" } else { "AveragePool" }, &[], &attributes).node("Relu", &[], &[]);
        match Graph::read(&flat_bytes(&mut file), Path::new("")) {
            Ok(_) => {
                let (network, runtime, _folder) = classify(&mut file, 1).unwrap();
                check_values(&network, &runtime).map_err(TestCaseError::fail)?;
            }
            Err(refusal) => prop_assert!(
                refusal.to_string().contains("ceil_mode together") && geometry.ceil && count_padding && !max,
                "{refusal}"
            ),
        }
    }
}

/// A convolution with negative and positive values, these nodes, and a classifier.
fn between(opset: i64, add: impl FnOnce(&mut File)) -> File {
    let mut file = File::new(&[1, 1, 6, 5]);
    file.model.opset_import[0].version = opset;
    let weight = file.noise(&[2, 1, 2, 2]);
    file.node("Conv", &[&weight], &[]);
    add(&mut file);
    file.classify(2 * 5 * 4, 3).node("Softmax", &[], &[]);
    file
}

#[test]
fn activation_functions() {
    let check = |opset, add: fn(&mut File), expected: Op| {
        let (network, runtime, _folder) = open(&mut between(opset, add), 1, 3).unwrap();
        assert_eq!(network.description().layers[2].op, expected);
        check_values(&network, &runtime).unwrap();
    };
    let clip = |min, max| Op::Clip { min, max };
    let leaky = |f: &mut File| {
        f.node("LeakyRelu", &[], &[float("alpha", 0.2)]);
    };
    check(17, leaky, Op::LeakyRelu { alpha: 0.2 });
    let plain_leaky = |f: &mut File| {
        f.node("LeakyRelu", &[], &[]);
    };
    check(17, plain_leaky, Op::LeakyRelu { alpha: 0.01 });
    let sigmoid = |f: &mut File| {
        f.node("Sigmoid", &[], &[]);
    };
    check(17, sigmoid, Op::Sigmoid);
    let both = |f: &mut File| {
        let (min, max) = (f.constant(&[], &[-0.1]), f.constant(&[], &[0.3]));
        f.node("Clip", &[&min, &max], &[]);
    };
    check(17, both, clip(-0.1, 0.3));
    let only_max = |f: &mut File| {
        let max = f.constant(&[], &[0.3]);
        f.node("Clip", &["", &max], &[]);
    };
    check(17, only_max, clip(f32::MIN, 0.3));
    let infinite = |f: &mut File| {
        let (min, max) = (f.constant(&[], &[0.0]), f.constant(&[], &[f32::INFINITY]));
        f.node("Clip", &[&min, &max], &[]);
    };
    check(11, infinite, clip(0.0, f32::MAX));
    let attributes = |f: &mut File| {
        f.node("Clip", &[], &[float("min", 0.0), float("max", 0.25)]);
    };
    check(10, attributes, clip(0.0, 0.25));
    let unbounded = |f: &mut File| {
        f.node("Clip", &[], &[]);
    };
    check(9, unbounded, clip(f32::MIN, f32::MAX));
}

#[test]
fn activation_functions_that_cannot_be_described_are_refused() {
    let check = |add: fn(&mut File), expected: &str| {
        let message = open(&mut between(17, add), 1, 3).unwrap_err().to_string();
        assert!(
            message.contains(expected),
            "{message}\n  does not say: {expected}"
        );
    };
    check(
        |f| {
            f.node("LeakyRelu", &[], &[float("alpha", f32::NAN)]);
        },
        "node 'leakyrelu_1' (LeakyRelu): alpha is NaN; a finite number is needed",
    );
    check(
        |f| {
            let (min, max) = (f.constant(&[], &[1.0]), f.constant(&[], &[0.5]));
            f.node("Clip", &[&min, &max], &[]);
        },
        "node 'clip_1' (Clip): there is nothing between min 1 and max 0.5",
    );
    check(
        |f| {
            let min = f.constant(&[2], &[0.0, 1.0]);
            f.node("Clip", &[&min], &[]);
        },
        "node 'clip_1' (Clip): min has shape [2]; one number is needed",
    );
    check(
        |f| {
            f.node("Clip", &["value_0"], &[]);
        },
        "node 'clip_1' (Clip): reads",
    );
    check(
        |f| {
            let constants = [0; 4].map(|_| f.noise(&[2]));
            let names = constants.each_ref().map(String::as_str);
            f.node("BatchNormalization", &names, &[]);
            let node = f.graph().node.last_mut().unwrap();
            node.output.push("measured_mean".to_owned());
        },
        "node 'batchnormalization_1' (BatchNormalization): is in training mode",
    );
}

/// Every operation once, with a batch that is left open and names that are not fit for addresses.
fn every_operation() -> File {
    let mut file = File::new(&[-1, 3, 12, 10]);
    let (weight, bias) = (file.noise(&[4, 3, 3, 3]), file.noise(&[4]));
    file.node("Conv", &[&weight, &bias], &[]);
    let positive: Vec<f32> = noise(4, 7).iter().map(|value| value.abs() + 0.1).collect();
    let variance = file.constant(&[4], &positive);
    let [scale, shift, mean] = [0; 3].map(|_| file.noise(&[4]));
    file.node(
        "BatchNormalization",
        &[&scale, &shift, &mean, &variance],
        &[float("epsilon", 0.01)],
    );
    file.node("Relu", &[], &[]).node("Dropout", &[], &[]);
    file.node("MaxPool", &[], &[ints("kernel_shape", &[2, 2])]);
    file.node(
        "AveragePool",
        &[],
        &[ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])],
    );
    file.node("GlobalAveragePool", &[], &[]);
    let shape = file.int64(&[-1, 4]);
    file.node("Reshape", &[&shape], &[]);
    let (weight, bias) = (file.noise(&[4, 5]), file.noise(&[1, 5]));
    file.node(
        "Gemm",
        &[&weight, &bias],
        &[float("alpha", 0.5), float("beta", 2.0)],
    )
    .node("Relu", &[], &[]);
    let (weight, bias) = (file.noise(&[5, 3]), file.noise(&[3]));
    file.node("MatMul", &[&weight], &[])
        .node("Add", &[&bias], &[])
        .node("Softmax", &[], &[]);
    file.graph().node[0].name = "/features/0/Conv".to_owned();
    file.graph().node[1].name = String::new();
    file.graph().node[2].name = "input".to_owned();
    file.graph().node[3].name = "../input".to_owned();
    file
}

#[test]
fn every_operation_has_the_value_that_is_described() {
    let (network, runtime, _folder) = open(&mut every_operation(), 3, 3).unwrap();
    check_values(&network, &runtime).unwrap();
}

#[test]
fn layers_are_named_placed_and_counted() {
    let (network, _runtime, _folder) = open(&mut every_operation(), 3, 3).unwrap();
    let description = network.description();
    let found: Vec<String> = description
        .layers
        .iter()
        .map(|layer| {
            let (block, module) = (layer.block, layer.module);
            format!(
                "{} {:?} {} {block}.{module}",
                layer.id, layer.shape, layer.parameters
            )
        })
        .collect();
    let expected = [
        "input [3, 12, 10] 0 0.0",
        "_features_0_Conv [4, 10, 8] 112 1.0",
        "value_1 [4, 10, 8] 8 1.0",
        "input_2 [4, 10, 8] 0 1.0",
        "_input [4, 10, 8] 0 1.0",
        "maxpool_4 [4, 9, 7] 0 1.0",
        "averagepool_5 [4, 4, 3] 0 1.1",
        "globalaveragepool_6 [4, 1, 1] 0 1.2",
        "reshape_7 [4] 0 1.3",
        "gemm_8 [5] 25 2.3",
        "relu_9 [5] 0 2.3",
        "matmul_10 [3] 18 3.3",
        "softmax_12 [3] 0 3.3",
    ];
    assert_eq!(found, expected);
    assert_eq!(description.parameters, 112 + 8 + 25 + 18);
    assert_eq!(
        (description.logits.as_deref(), description.output.as_str()),
        (Some("matmul_10"), "softmax_12")
    );
    assert_eq!(network.weights("relu_9"), Some(&[][..]));
    assert_eq!(network.weights("nowhere"), None);
}

#[test]
fn tensors_in_another_file_are_read() {
    let mut file = every_operation();
    let (plain, runtime, _plain_folder) = open(&mut file, 3, 3).unwrap();
    let mut outside = vec![0_u8; 16];
    for tensor in file
        .graph()
        .initializer
        .iter_mut()
        .filter(|tensor| tensor.data_type == onnx::FLOAT)
    {
        let bytes: Vec<u8> = if tensor.raw_data.is_empty() {
            tensor
                .float_data
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect()
        } else {
            tensor.raw_data.clone()
        };
        let entry = |key: &str, value: String| StringStringEntryProto {
            key: key.to_owned(),
            value,
        };
        tensor.external_data = vec![
            entry("location", "weights.bin".to_owned()),
            entry("offset", outside.len().to_string()),
            entry("length", bytes.len().to_string()),
        ];
        tensor.data_location = EXTERNAL;
        tensor.raw_data.clear();
        tensor.float_data.clear();
        outside.extend(bytes);
    }
    let folder = folder(&file.bytes(), 3, 3);
    let message = Network::open(&runtime, folder.path())
        .unwrap_err()
        .to_string();
    assert!(message.contains("weights.bin"), "{message}");
    fs::write(folder.path().join("weights.bin"), &outside).unwrap();
    let network = Network::open(&runtime, folder.path()).unwrap();
    check_values(&network, &runtime).unwrap();
    for layer in &network.description().layers {
        assert_eq!(
            network.weights(&layer.id),
            plain.weights(&layer.id),
            "{}",
            layer.id
        );
    }
    outside[20] ^= 1;
    fs::write(folder.path().join("weights.bin"), &outside).unwrap();
    assert_ne!(
        Network::open(&runtime, folder.path()).unwrap().digest(),
        network.digest()
    );
    for tensor in &mut file.graph().initializer {
        for entry in tensor
            .external_data
            .iter_mut()
            .filter(|entry| entry.key == "location")
        {
            entry.value = "../weights.bin".to_owned();
        }
    }
    let message = open(&mut file, 3, 3).unwrap_err().to_string();
    assert!(
        message.contains("outside of the network's folder"),
        "{message}"
    );
}

/// What is said about a graph with one thing changed.
fn check_refusal(change: impl FnOnce(&mut File), expected: &str) {
    let mut file = every_operation();
    change(&mut file);
    let message = open(&mut file, 3, 3).unwrap_err().to_string();
    assert!(
        message.contains(expected),
        "{message}\n  does not say: {expected}"
    );
}

#[test]
fn what_cannot_be_shown_is_refused_by_name() {
    check_refusal(
        |f| f.graph().node[2].op_type = "Elu".to_owned(),
        "node 'input': operation Elu is not supported",
    );
    check_refusal(
        |f| f.graph().node[10].domain = "com.example".to_owned(),
        "node 'matmul_10': operation MatMul is not supported",
    );
    check_refusal(
        |f| f.graph().node[4].input[0] = "value_1".to_owned(),
        "node 'maxpool_4' (MaxPool): reads",
    );
    check_refusal(
        |f| {
            let add = NodeProto {
                input: vec!["value_3".to_owned(), "value_2".to_owned()],
                output: vec!["sum".to_owned()],
                name: "residual".to_owned(),
                op_type: "Add".to_owned(),
                ..NodeProto::default()
            };
            f.graph().node.insert(4, add);
        },
        "node 'residual' (Add): reads",
    );
    check_refusal(
        |f| f.graph().node[0].attribute.push(int("group", 2)),
        "in 2 groups do not fit 3 channels",
    );
    check_refusal(
        |f| f.graph().node[4].attribute.clear(),
        "kernel_shape is missing",
    );
    check_refusal(
        |f| f.graph().node[4].attribute = vec![ints("kernel_shape", &[20, 2])],
        "does not fit an input of 10",
    );
    check_refusal(
        |f| {
            let attribute = &mut f.graph().node[4].attribute;
            attribute.extend([text("auto_pad", "SAME_LOWER"), ints("dilations", &[1, 2])]);
        },
        "node 'maxpool_4' (MaxPool): auto_pad SAME_LOWER together with dilations is not supported",
    );
    check_refusal(
        |f| f.graph().node[8].attribute.push(int("transA", 1)),
        "transA is not supported",
    );
    check_refusal(
        |f| f.graph().node[12].attribute.push(int("axis", 0)),
        "normalises axis 0",
    );
    check_refusal(
        |f| f.graph().initializer[0].dims = vec![4, 3, 9],
        "two-dimensional",
    );
    check_refusal(
        |f| f.graph().initializer[0].dims = vec![4, 3, 3, 4],
        "where its shape needs 144",
    );
    check_refusal(
        |f| f.graph().initializer[0].dims = vec![i64::MAX; 4],
        "its shape is too large",
    );
    check_refusal(
        |f| f.graph().input[0].name = "other".to_owned(),
        "only chains are supported",
    );
}

#[test]
fn what_is_no_classifier_for_pictures_is_refused() {
    let refused = |mut file: File, expected: &str| {
        let message = open(&mut file, 3, 3).unwrap_err().to_string();
        assert!(
            message.contains(expected),
            "{message}\n  does not say: {expected}"
        );
    };
    refused(File::new(&[1, 3, -1, 10]), "with fixed sizes");
    refused(File::new(&[1, 4, 10, 10]), "[1, 4, 10, 10]");
    refused(File::new(&[2, 3, 10, 10]), "[2, 3, 10, 10]");
    refused(File::new(&[1, 3, 2000, 10]), "larger than 1024");
    refused(
        File::new(&[1, 3, 10, 10]),
        "a classifier ends in one value per class",
    );
    let mut file = File::new(&[1, 3, 10, 10]);
    file.classify(300, 4);
    refused(file, "labels: there are 3, but the network has 4 outputs");
    let runtime = Runtime::load().unwrap();
    let folder = folder(b"\x0a\xffnot onnx", 3, 3);
    let message = Network::open(&runtime, folder.path())
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("network.onnx: this is not an ONNX file"),
        "{message}"
    );
}

proptest! {
    #[test]
    fn damaged_files_never_panic(place in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = every_operation().bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if cut {
            bytes.truncate(place);
        }
        // Either answer is right; reading must end in one.
        let _ = Graph::read(&bytes, Path::new("nowhere"));
    }
}
