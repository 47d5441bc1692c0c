//! The JSON schema of a description has the properties that a description has.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use convocation_inference::description::{Credits, Description, GalleryPicture, Input, Layer, Op};
use serde::Serialize;
use serde_json::Value;
use utoipa::PartialSchema;

fn schema<T: PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap()
}

fn names(object: &Value) -> BTreeSet<&String> {
    object.as_object().unwrap().keys().collect()
}

fn check<T: PartialSchema + Serialize>(sample: &T) {
    let (schema, json) = (schema::<T>(), serde_json::to_value(sample).unwrap());
    assert_eq!(names(&schema["properties"]), names(&json));
}

#[test]
fn every_property_is_in_the_schema() {
    let input = Input {
        channels: vec!["Grey".to_owned()],
        height: 1,
        width: 1,
        range: [0.0, 1.0],
        levels: Some(2),
    };
    let layer = Layer {
        id: "input".to_owned(),
        op: Op::Input,
        inputs: Vec::new(),
        shape: vec![1, 1, 1],
        parameters: 0,
        weights: Vec::new(),
        block: 0,
        module: 0,
    };
    let picture = GalleryPicture {
        picture: "0".repeat(32),
        label: "cat".to_owned(),
        title: "A cat".to_owned(),
    };
    check(&input);
    check(&layer);
    check(&picture);
    check(&Credits::default());
    check(&Description {
        id: "net".to_owned(),
        digest: "0".repeat(32),
        name: "Net".to_owned(),
        summary: String::new(),
        labels: Vec::new(),
        input,
        layers: vec![layer],
        logits: None,
        output: "input".to_owned(),
        parameters: 0,
        gallery: vec![picture],
        credits: Credits::default(),
    });
}

#[test]
fn every_operation_is_in_the_schema() {
    let (kernel, stride, padding, dilation) = ([3, 3], [1, 1], [0; 4], [1, 1]);
    let operations = [
        Op::Input,
        Op::Conv {
            kernel,
            stride,
            padding,
            dilation,
            groups: 1,
        },
        Op::Relu,
        Op::LeakyRelu { alpha: 0.01 },
        Op::Sigmoid,
        Op::Clip { min: 0.0, max: 6.0 },
        Op::MaxPool {
            kernel,
            stride,
            padding,
            dilation,
        },
        Op::AveragePool {
            kernel,
            stride,
            padding,
            count_padding: true,
        },
        Op::GlobalAveragePool,
        Op::BatchNormalization { epsilon: 1e-5 },
        Op::Flatten,
        Op::Dense,
        Op::Dropout,
        Op::Softmax,
    ];
    let schema = schema::<Op>();
    let alternatives = schema["oneOf"].as_array().unwrap();
    assert_eq!(alternatives.len(), operations.len());
    for (operation, alternative) in operations.iter().zip(alternatives) {
        let json = serde_json::to_value(operation).unwrap();
        let properties = &alternative["properties"];
        assert_eq!(names(properties), names(&json), "{operation:?}");
        assert_eq!(
            properties["type"]["enum"],
            Value::from(vec![json["type"].clone()])
        );
    }
}
