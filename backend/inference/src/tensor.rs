//! A constant of the graph: its shape and values, wherever the file keeps them.

use std::{
    collections::HashMap,
    fs,
    path::{Component, Path},
    sync::Arc,
};

use crate::onnx::{EXTERNAL, FLOAT, INT64, TensorProto};

/// Values with a shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tensor<T> {
    pub shape: Vec<usize>,
    pub values: Vec<T>,
}

/// The files beside the network's that hold tensors, each read once.
pub(crate) struct ExternalFiles<'a> {
    folder: &'a Path,
    read: HashMap<String, Arc<[u8]>>,
}

impl<'a> ExternalFiles<'a> {
    pub fn of(folder: &'a Path) -> Self {
        Self {
            folder,
            read: HashMap::new(),
        }
    }

    /// Content of every file that was read, in order of name.
    pub fn contents(&self) -> Vec<&[u8]> {
        let mut files: Vec<_> = self.read.iter().collect();
        files.sort();
        files.into_iter().map(|(_, bytes)| &**bytes).collect()
    }

    fn read(&mut self, location: &str) -> Result<Arc<[u8]>, String> {
        if let Some(bytes) = self.read.get(location) {
            return Ok(bytes.clone());
        }
        // A network is a stranger's file: it may not name files outside of its folder.
        let inside = Path::new(location)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if location.is_empty() || !inside {
            return Err(format!("'{location}' is outside of the network's folder"));
        }
        let path = self.folder.join(location);
        let bytes: Arc<[u8]> = fs::read(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?
            .into();
        self.read.insert(location.to_owned(), bytes.clone());
        Ok(bytes)
    }

    /// The bytes of a tensor that is kept in another file.
    fn bytes(&mut self, tensor: &TensorProto, length: usize) -> Result<Vec<u8>, String> {
        let entry = |key| tensor.external_data.iter().find(|entry| entry.key == key);
        let location = entry("location").map_or("", |entry| &entry.value);
        let offset = match entry("offset") {
            Some(entry) => entry
                .value
                .parse::<usize>()
                .map_err(|_| "its offset is not a number".to_owned())?,
            None => 0,
        };
        let file = self.read(location)?;
        let end = offset.checked_add(length);
        end.and_then(|end| file.get(offset..end))
            .map(<[u8]>::to_vec)
            .ok_or_else(|| format!("'{location}' is too short"))
    }
}

/// A value that tensors are made of, in the two ways a file can hold it.
pub(crate) trait Element: Sized + Copy {
    const DATA_TYPE: i32;
    const NAME: &'static str;
    const BYTES: usize;
    fn typed(tensor: &TensorProto) -> &[Self];
    fn from_little_endian(bytes: &[u8]) -> Self;
}

macro_rules! element {
    ($type:ty, $data_type:expr, $field:ident) => {
        impl Element for $type {
            const DATA_TYPE: i32 = $data_type;
            const NAME: &'static str = stringify!($type);
            const BYTES: usize = size_of::<$type>();
            fn typed(tensor: &TensorProto) -> &[Self] {
                &tensor.$field
            }
            fn from_little_endian(bytes: &[u8]) -> Self {
                Self::from_le_bytes(
                    bytes
                        .try_into()
                        .expect("chunks have the size of the element"),
                )
            }
        }
    };
}

element!(f32, FLOAT, float_data);
element!(i64, INT64, int64_data);

impl<T: Element> Tensor<T> {
    /// Reads a tensor of the file.
    pub fn read(tensor: &TensorProto, files: &mut ExternalFiles<'_>) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("tensor '{}': {what}", tensor.name));
        if tensor.data_type != T::DATA_TYPE {
            return wrong(&format!(
                "its element type is number {}, only {} is read here",
                tensor.data_type,
                T::NAME
            ));
        }
        let sizes: Result<Vec<usize>, _> = tensor
            .dims
            .iter()
            .map(|size| usize::try_from(*size))
            .collect();
        let Ok(shape) = sizes else {
            return wrong("its shape has a negative size");
        };
        let count = shape
            .iter()
            .try_fold(1_usize, |count, size| count.checked_mul(*size));
        let Some((count, length)) =
            count.and_then(|count| Some((count, count.checked_mul(T::BYTES)?)))
        else {
            return wrong("its shape is too large");
        };
        let decode = |bytes: &[u8]| {
            bytes
                .chunks_exact(T::BYTES)
                .map(T::from_little_endian)
                .collect()
        };
        let values: Vec<T> = if tensor.data_location == EXTERNAL {
            match files.bytes(tensor, length) {
                Ok(bytes) => decode(&bytes),
                Err(error) => return wrong(&error),
            }
        } else if !tensor.raw_data.is_empty() && tensor.raw_data.len() == length {
            decode(&tensor.raw_data)
        } else {
            T::typed(tensor).to_vec()
        };
        if values.len() != count {
            return wrong(&format!(
                "it has {} values where its shape needs {count}",
                values.len()
            ));
        }
        Ok(Self { shape, values })
    }
}

impl Tensor<f32> {
    /// The values as they are served: little-endian.
    pub fn to_bytes(&self) -> impl Iterator<Item = u8> + '_ {
        self.values.iter().flat_map(|value| value.to_le_bytes())
    }

    /// A matrix with rows and columns swapped.
    pub fn transposed(&self) -> Self {
        let [rows, columns] = self.shape[..] else {
            unreachable!("only matrices are transposed");
        };
        let values = (0..columns)
            .flat_map(|column| (0..rows).map(move |row| self.values[row * columns + column]))
            .collect();
        Self {
            shape: vec![columns, rows],
            values,
        }
    }
}
