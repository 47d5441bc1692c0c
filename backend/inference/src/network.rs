//! A network: one folder with an ONNX file and a manifest, checked and ready to run. Sessions belong to whoever runs it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use convocation_pictures::{Picture, PictureError, digest::digest};
use ort::{
    session::Session,
    value::{TensorRef, ValueType},
};

use crate::{
    activations::{Activations, Values},
    description::{Description, GalleryPicture, Input, Layer, Op},
    edit::EditedNetwork,
    graph::{Graph, GraphError},
    kernels::Kernels,
    manifest::{GalleryFile, Manifest, ManifestError},
    onnx,
    runtime::Runtime,
};

/// Name of the ONNX file in a network's folder.
pub const MODEL_FILE: &str = "network.onnx";

/// Why a folder is not a network.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The manifest is not right.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A file cannot be read.
    #[error("{}: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The graph cannot be shown.
    #[error("{}: {source}", .path.display())]
    Graph {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: GraphError,
    },
    /// ONNX Runtime cannot run the file.
    #[error("{}: ONNX Runtime cannot run it: {message}", .path.display())]
    Run {
        /// The file.
        path: PathBuf,
        /// What ONNX Runtime says.
        message: String,
    },
    /// A layer came out with a shape that the graph does not say.
    #[error("{}: layer '{layer}' has shape {found:?}, the graph says {expected:?}", .path.display())]
    Shape {
        /// The file.
        path: PathBuf,
        /// The layer.
        layer: String,
        /// What the graph says.
        expected: Vec<u32>,
        /// What came out, with the batch.
        found: Vec<i64>,
    },
    /// Manifest and graph do not fit.
    #[error("{}: {message}", .path.display())]
    Mismatch {
        /// The manifest.
        path: PathBuf,
        /// The key, what is there and what is needed.
        message: String,
    },
    /// A picture of the gallery cannot be read.
    #[error("{}: {source}", .path.display())]
    Picture {
        /// The picture.
        path: PathBuf,
        /// Why not.
        source: PictureError,
    },
}

/// One network.
#[derive(Debug)]
pub struct Network {
    order: u32,
    description: Description,
    pictures: Vec<Arc<Picture>>,
    picture_names: Vec<String>,
    /// Weights of each layer as they are served.
    weights: Vec<Vec<u8>>,
    model: Model,
}

/// What a session is made from.
#[derive(Debug)]
struct Model {
    /// The file, with the value of every layer among its outputs.
    bytes: Vec<u8>,
    folder: PathBuf,
    /// Name of each layer's value; the first is the input.
    values: Vec<String>,
    kernels: Kernels,
}

/// A constant that a run is given instead of the file's.
struct Given<'a> {
    name: &'a str,
    shape: &'a [u32],
    values: &'a [f32],
}

impl Network {
    /// Reads and checks a network's folder, and runs it once.
    ///
    /// # Errors
    /// When a file is missing or wrong, the graph cannot be shown, or ONNX Runtime does not run it as the graph says. Each
    /// error names the file, and what is wrong in it.
    pub fn open(runtime: &Runtime, folder: &Path) -> Result<Self, NetworkError> {
        let manifest = Manifest::read(folder)?;
        let path = folder.join(MODEL_FILE);
        let file = match fs::read(&path) {
            Ok(file) => file,
            Err(source) => return Err(NetworkError::Read { path, source }),
        };
        let graph = match Graph::read(&file, folder) {
            Ok(graph) => graph,
            Err(source) => return Err(NetworkError::Graph { path, source }),
        };
        check_fit(&manifest, &graph, folder)?;
        let pictures = read_gallery(&manifest, folder)?;
        let picture_names = manifest.gallery.iter().map(name_of).collect();
        let digest = network_digest(&file, &graph, &manifest);
        // Outputs that the file has already must not be listed twice.
        let last = graph.values.len() - 1;
        let bytes = onnx::with_outputs(&file, graph.values[1..last].iter().map(String::as_str));
        let weights = graph
            .weights
            .iter()
            .map(|tensors| tensors.iter().flat_map(|t| t.to_bytes()).collect())
            .collect();
        let network = Self {
            order: manifest.order,
            model: Model {
                bytes,
                folder: folder.to_owned(),
                values: graph.values.clone(),
                kernels: graph.kernels,
            },
            description: describe(folder, manifest, graph.layers, digest, &pictures),
            pictures,
            picture_names,
            weights,
        };
        network.try_out(runtime, path)?;
        Ok(network)
    }

    /// What a screen needs to know.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Name of the network's folder.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.description.id
    }

    /// Place among the networks, from the first, as its manifest has it.
    pub(crate) fn order(&self) -> u32 {
        self.order
    }

    /// Address of everything that the network computes.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.description.digest
    }

    /// The pictures of the gallery, in the order of the description.
    #[must_use]
    pub fn pictures(&self) -> &[Arc<Picture>] {
        &self.pictures
    }

    /// What the pictures of the gallery are called: their files' names without the ending, in the order of the description.
    #[must_use]
    pub fn picture_names(&self) -> &[String] {
        &self.picture_names
    }

    /// The layer's weight tensors in the order and shapes of the description, joined, little-endian `f32`. `None` when there
    /// is no such layer; empty when it has no weights.
    #[must_use]
    pub fn weights(&self, layer: &str) -> Option<&[u8]> {
        let place = self
            .description
            .layers
            .iter()
            .position(|known| known.id == layer)?;
        Some(&self.weights[place])
    }

    /// A session that computes on the thread that runs it.
    ///
    /// # Errors
    /// What ONNX Runtime says.
    pub fn session(&self, runtime: &Runtime) -> ort::Result<Session> {
        runtime.session(&self.model.bytes, &self.model.folder)
    }

    /// A session for [`Network::run_edited`]: slower, because the runtime cannot prepare weights that it does not know yet.
    ///
    /// # Errors
    /// What ONNX Runtime says.
    pub fn edited_session(&self, runtime: &Runtime) -> ort::Result<Session> {
        let model = self.model.kernels.overridable(&self.model.bytes);
        runtime.session(&model, &self.model.folder)
    }

    /// Which constants a run may give.
    pub(crate) fn kernels(&self) -> &Kernels {
        &self.model.kernels
    }

    /// The weight tensors of the layer at a position, joined.
    pub(crate) fn weights_of(&self, layer: usize) -> impl Iterator<Item = f32> {
        self.weights[layer].chunks_exact(4).map(|bytes| {
            f32::from_le_bytes(bytes.try_into().expect("chunks have the size of a float"))
        })
    }

    /// Computes all layers for an input `[1, C, H, W]`.
    ///
    /// # Errors
    /// What ONNX Runtime says; when the input has another size.
    pub fn run(&self, session: &mut Session, input: Vec<f32>) -> ort::Result<Activations> {
        self.run_given(session, input, &[])
    }

    /// Computes all layers with an edit of this network, in a session of [`Network::edited_session`]. The next run has no trace of it.
    ///
    /// # Errors
    /// As [`Network::run`].
    pub fn run_edited(
        &self,
        session: &mut Session,
        input: Vec<f32>,
        edited: &EditedNetwork,
    ) -> ort::Result<Activations> {
        let values = edited.values();
        let mut rest = values.as_slice();
        let mut given = Vec::new();
        let names = self.model.kernels.of(edited.layer());
        let shapes = &self.description.layers[edited.layer()].weights;
        for (name, shape) in names.iter().zip(shapes) {
            let size = shape.iter().product::<u32>() as usize;
            let (values, others) = rest.split_at(size);
            given.push(Given {
                name,
                shape,
                values,
            });
            rest = others;
        }
        self.run_given(session, input, &given)
    }

    fn run_given(
        &self,
        session: &mut Session,
        input: Vec<f32>,
        given: &[Given<'_>],
    ) -> ort::Result<Activations> {
        let Input {
            height,
            width,
            ref channels,
            ..
        } = self.description.input;
        let shape = [1, channels.len(), height as usize, width as usize];
        let mut inputs =
            ort::inputs![&*self.model.values[0] => TensorRef::from_array_view((shape, &*input))?];
        for Given {
            name,
            shape,
            values,
        } in given
        {
            let shape: Vec<usize> = shape.iter().map(|size| *size as usize).collect();
            let tensor = TensorRef::from_array_view((shape, *values))?;
            inputs.push(((*name).into(), tensor.into()));
        }
        let outputs = session.run(inputs)?;
        let mut computed: Vec<Option<Values>> = Vec::new();
        computed.resize_with(self.model.values.len(), || None);
        for (name, value) in outputs {
            if let Some(place) = self.model.values.iter().position(|known| known == name) {
                computed[place] = Some(Values::Computed(value));
            }
        }
        computed[0] = Some(Values::Owned(input));
        let values: Option<Vec<Values>> = computed.into_iter().collect();
        let values = values.ok_or_else(|| ort::Error::new("a layer was not computed"))?;
        Ok(Activations::of(
            &self.description.layers,
            values.into_iter(),
        ))
    }

    /// Runs the network on zeros and compares all shapes with the description.
    fn try_out(&self, runtime: &Runtime, path: PathBuf) -> Result<(), NetworkError> {
        let failed = |error: ort::Error| NetworkError::Run {
            path: path.clone(),
            message: error.to_string(),
        };
        let mut session = self.session(runtime).map_err(failed)?;
        let layers = &self.description.layers;
        let zeros = vec![0.0_f32; layers[0].shape.iter().product::<u32>() as usize];
        let mut shape: Vec<i64> = vec![1];
        shape.extend(layers[0].shape.iter().map(|size| i64::from(*size)));
        let input = TensorRef::from_array_view((shape, &*zeros)).map_err(failed)?;
        let outputs = session
            .run(ort::inputs![&*self.model.values[0] => input])
            .map_err(failed)?;
        for (layer, name) in layers.iter().zip(&self.model.values).skip(1) {
            let found = match outputs.get(name).map(|value| value.dtype().clone()) {
                Some(ValueType::Tensor { shape, .. }) => shape.to_vec(),
                _ => Vec::new(),
            };
            let expected: Vec<i64> = std::iter::once(1)
                .chain(layer.shape.iter().map(|size| i64::from(*size)))
                .collect();
            let floats = outputs
                .get(name)
                .is_some_and(|value| value.try_extract_tensor::<f32>().is_ok());
            if found != expected || !floats {
                return Err(NetworkError::Shape {
                    path,
                    layer: layer.id.clone(),
                    expected: layer.shape.clone(),
                    found,
                });
            }
        }
        Ok(())
    }
}

fn check_fit(manifest: &Manifest, graph: &Graph, folder: &Path) -> Result<(), NetworkError> {
    let wrong = |message| {
        Err(NetworkError::Mismatch {
            path: folder.join(crate::manifest::MANIFEST_FILE),
            message,
        })
    };
    let outputs = graph.layers.last().map_or(0, |layer| layer.shape[0]) as usize;
    if manifest.labels.len() != outputs {
        let labels = manifest.labels.len();
        return wrong(format!(
            "labels: there are {labels}, but the network has {outputs} outputs; one each is needed"
        ));
    }
    let channels = graph.layers[0].shape[0] as usize;
    if manifest.input.channels.len() != channels {
        let named = manifest.input.channels.len();
        return wrong(format!(
            "input.channels: there are {named}, but the network takes {channels}"
        ));
    }
    Ok(())
}

/// The name of a picture's file without folder and ending.
fn name_of(picture: &GalleryFile) -> String {
    let stem = Path::new(&picture.file).file_stem();
    stem.unwrap_or_default().to_string_lossy().into_owned()
}

fn read_gallery(manifest: &Manifest, folder: &Path) -> Result<Vec<Arc<Picture>>, NetworkError> {
    let read = |path: PathBuf| match fs::read(&path) {
        Ok(file) => Picture::decode(&file)
            .map(Arc::new)
            .map_err(|source| NetworkError::Picture { path, source }),
        Err(source) => Err(NetworkError::Read { path, source }),
    };
    manifest
        .gallery
        .iter()
        .map(|picture| read(folder.join(&picture.file)))
        .collect()
}

/// Everything that decides what the network computes for a picture.
fn network_digest(file: &[u8], graph: &Graph, manifest: &Manifest) -> String {
    let mut preprocessing = format!("shorter-side centre {:?}", manifest.input.range);
    if let Some(levels) = manifest.input.levels {
        preprocessing += &format!(" {levels} levels");
    }
    let mut parts = vec![file, preprocessing.as_bytes()];
    parts.extend(graph.external.iter().map(Vec::as_slice));
    digest(&parts)
}

fn describe(
    folder: &Path,
    manifest: Manifest,
    layers: Vec<Layer>,
    digest: String,
    pictures: &[Arc<Picture>],
) -> Description {
    let [channels, height, width] = layers[0].shape[..] else {
        unreachable!("the input was read as [C, H, W]");
    };
    debug_assert_eq!(channels as usize, manifest.input.channels.len());
    let last = layers.last().expect("there is the input");
    let logits = matches!(last.op, Op::Softmax)
        .then(|| last.inputs.first().cloned())
        .flatten();
    let gallery = manifest
        .gallery
        .into_iter()
        .zip(pictures)
        .map(|(file, picture)| GalleryPicture {
            picture: picture.digest().to_owned(),
            label: file.label,
            title: file.title,
        });
    let id = folder
        .canonicalize()
        .ok()
        .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    Description {
        id: id.unwrap_or_default(),
        digest,
        name: manifest.name,
        summary: manifest.summary,
        labels: manifest.labels,
        input: Input {
            channels: manifest.input.channels,
            height,
            width,
            range: manifest.input.range,
            levels: manifest.input.levels,
        },
        logits,
        output: last.id.clone(),
        parameters: layers.iter().map(|layer| layer.parameters).sum(),
        gallery: gallery.collect(),
        credits: manifest.credits,
        layers,
    }
}

#[cfg(test)]
mod edits;
#[cfg(test)]
mod file;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
