//! Small ONNX files and network folders, written by tests.

use std::fs;

use prost::Message;
use tempfile::TempDir;

use crate::{
    manifest::MANIFEST_FILE,
    network::MODEL_FILE,
    onnx::{
        AttributeProto, DimensionProto, FLOAT, GraphProto, INT64, ModelProto, NodeProto,
        OperatorSetIdProto, TensorProto, TensorShapeProto, TensorTypeProto, TypeProto,
        ValueInfoProto,
    },
};

pub fn int(name: &str, i: i64) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        i,
        r#type: 2,
        ..Default::default()
    }
}

pub fn float(name: &str, f: f32) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        f,
        r#type: 1,
        ..Default::default()
    }
}

pub fn text(name: &str, s: &str) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        s: s.as_bytes().to_vec(),
        r#type: 3,
        ..Default::default()
    }
}

pub fn ints(name: &str, ints: &[i64]) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        ints: ints.to_vec(),
        r#type: 7,
        ..Default::default()
    }
}

/// Numbers between -1 and 1 that look like noise and are the same every time.
pub fn noise(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from(u16::try_from(state >> 16).unwrap()) / 32768.0 - 1.0
    })
    .take(count)
    .collect()
}

/// Values as they are served.
pub fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect()
}

/// A graph that grows at its end. Every second tensor is kept as raw bytes, the others as typed values.
pub struct File {
    pub model: ModelProto,
}

pub fn value_info(name: &str, shape: &[i64]) -> ValueInfoProto {
    let dim = |size: &i64| DimensionProto {
        dim_value: (*size).max(0),
        dim_param: if *size < 0 {
            "batch".to_owned()
        } else {
            String::new()
        },
    };
    let shape = TensorShapeProto {
        dim: shape.iter().map(dim).collect(),
    };
    let tensor_type = TensorTypeProto {
        elem_type: FLOAT,
        shape: Some(shape),
    };
    ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(TypeProto {
            tensor_type: Some(tensor_type),
        }),
    }
}

impl File {
    /// A graph with an input of this shape; -1 leaves a size open.
    pub fn new(input: &[i64]) -> Self {
        let graph = GraphProto {
            name: "test".to_owned(),
            input: vec![value_info("picture", input)],
            ..GraphProto::default()
        };
        let opset = OperatorSetIdProto {
            domain: String::new(),
            version: 17,
        };
        Self {
            model: ModelProto {
                ir_version: 8,
                graph: Some(graph),
                opset_import: vec![opset],
            },
        }
    }

    pub fn graph(&mut self) -> &mut GraphProto {
        self.model.graph.as_mut().unwrap()
    }

    /// Name of the value that the last node makes.
    pub fn last(&mut self) -> String {
        self.graph()
            .node
            .last()
            .map_or_else(|| "picture".to_owned(), |node| node.output[0].clone())
    }

    pub fn constant(&mut self, dims: &[i64], values: &[f32]) -> String {
        let count = self.graph().initializer.len();
        let name = format!("constant_{count}");
        let mut tensor = TensorProto {
            name: name.clone(),
            dims: dims.to_vec(),
            data_type: FLOAT,
            ..Default::default()
        };
        if count.is_multiple_of(2) {
            tensor.raw_data = values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect();
        } else {
            tensor.float_data = values.to_vec();
        }
        self.graph().initializer.push(tensor);
        name
    }

    pub fn noise(&mut self, dims: &[i64]) -> String {
        let count = usize::try_from(dims.iter().product::<i64>()).unwrap();
        let seed = u32::try_from(self.graph().initializer.len()).unwrap();
        self.constant(dims, &noise(count, seed))
    }

    pub fn int64(&mut self, values: &[i64]) -> String {
        let name = format!("shape_{}", self.graph().initializer.len());
        let tensor = TensorProto {
            name: name.clone(),
            dims: vec![i64::try_from(values.len()).unwrap()],
            data_type: INT64,
            int64_data: values.to_vec(),
            ..Default::default()
        };
        self.graph().initializer.push(tensor);
        name
    }

    /// Adds a node that reads the last value and these constants.
    pub fn node(
        &mut self,
        op_type: &str,
        constants: &[&str],
        attribute: &[AttributeProto],
    ) -> &mut Self {
        let number = self.graph().node.len();
        let mut input = vec![self.last()];
        input.extend(constants.iter().map(|name| (*name).to_owned()));
        self.graph().node.push(NodeProto {
            input,
            output: vec![format!("value_{number}")],
            name: format!("{}_{number}", op_type.to_lowercase()),
            op_type: op_type.to_owned(),
            attribute: attribute.to_vec(),
            domain: String::new(),
        });
        self
    }

    /// The last value flattened, into a dense layer with `outputs`.
    pub fn classify(&mut self, inputs: i64, outputs: i64) -> &mut Self {
        let (weight, bias) = (self.noise(&[outputs, inputs]), self.noise(&[outputs]));
        self.node("Flatten", &[], &[])
            .node("Gemm", &[&weight, &bias], &[int("transB", 1)])
    }

    /// The file's bytes, with the last value as its output.
    pub fn bytes(&mut self) -> Vec<u8> {
        let name = self.last();
        self.graph().output = vec![ValueInfoProto { name, r#type: None }];
        self.model.encode_to_vec()
    }
}

/// A network's folder with this file, for so many channels and classes.
pub fn folder(file: &[u8], channels: usize, classes: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let quoted = |prefix: &str, count| {
        (0..count)
            .map(|n| format!("'{prefix}{n}'"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let manifest = format!(
        "name = 'Test'\nsummary = 'A test'\nlabels = [{}]\n[input]\nresize = 'shorter-side'\ncrop = 'centre'\n\
         range = [0, 1]\nchannels = [{}]\n[credits]\nlicence = 'MIT'\nauthors = []\ndata = 'none'\n",
        quoted("class ", classes),
        quoted("channel ", channels),
    );
    fs::write(folder.path().join(MANIFEST_FILE), manifest).unwrap();
    fs::write(folder.path().join(MODEL_FILE), file).unwrap();
    folder
}
