//! Networks: an ONNX file becomes a description and a source of every activation.

pub mod description;
