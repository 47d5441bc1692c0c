//! What a lesson may speak about: the layers, classes and pictures of its network, by the names that authors use. Not the network.

use std::ops::Range;

use convocation_classroom::{
    ids::{LayerId, PictureId},
    outline::{LayerOutline, Outline},
};

/// The network of a lesson.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What the rules know of it.
    pub outline: Outline,
    /// What they do not need to know, for each layer of the outline.
    pub layers: Vec<LayerFacts>,
    /// Names of the classes.
    pub labels: Vec<String>,
    /// Pictures of the gallery by the name of their file without its ending, the first is the network's own. Not empty.
    pub gallery: Vec<(String, PictureId)>,
}

/// What is known of a layer beyond its outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerFacts {
    /// Columns of one unit's map; 1 in a flat layer.
    pub columns: u32,
    /// Rows and columns of one kernel; 0 × 0 where there are no kernels.
    pub kernel: [u32; 2],
    /// Independent groups of inputs and units; 1 where every unit reads every input.
    pub groups: u32,
}

impl Facts {
    /// A layer by its id.
    pub(crate) fn layer(&self, id: &LayerId) -> Option<(&LayerOutline, LayerFacts)> {
        let place = self.outline.layers.iter().position(|l| l.id == *id)?;
        Some((&self.outline.layers[place], *self.layers.get(place)?))
    }

    /// Units of the layer before that the kernels of a unit read.
    pub(crate) fn inputs(layer: &LayerOutline, facts: LayerFacts, unit: u32) -> Range<u32> {
        let groups = facts.groups.max(1);
        let count = layer.sources / groups;
        let first = unit / (layer.units / groups).max(1) * count;
        first..first + count
    }

    /// A picture by the name of its file, or of a family of files numbered from 1: `koala` is `koala-1`.
    pub(crate) fn picture(&self, name: &str) -> Option<&PictureId> {
        let first = format!("{name}-1");
        let by = |wanted: &str| self.gallery.iter().find(|(known, _)| known == wanted);
        by(name).or_else(|| by(&first)).map(|(_, id)| id)
    }

    /// The name of a picture of the gallery.
    pub(crate) fn name_of(&self, picture: &PictureId) -> Option<&str> {
        let found = self.gallery.iter().find(|(_, id)| id == picture);
        found.map(|(name, _)| name.as_str())
    }
}
