//! A subject: what the address of a tensor is about, which is a network as it is, or with the edit that the query names. Edits are
//! words of the class; here they become those of the inference crate.

use std::sync::Arc;

use actix_web::{HttpRequest, web::Query};
use convocation_classroom::edit::{EDITED_MOST, EDITED_WEIGHTS, KernelEdit};
use convocation_inference::{EditError, EditedNetwork, Network, edit};
use serde::Deserialize;

use crate::{connection::Connection, refusal::Refusal, site::Site};

/// What the query `edit` means, for the documentation of every address that takes it.
pub const EDIT: &str = "An edited kernel, as the percent-encoded JSON `{layer, unit, kernels: [{input, weights}], bias}`: the answer is \
    about the network with these weights instead of its own. `kernels` by ascending `input` (a unit of the layer before), `weights` row by \
    row in thousandths, `bias` in thousandths or `null`; what is not named stays. As immutable as the rest of the address. For example \
    `{\"layer\":\"conv_1_1\",\"unit\":3,\"kernels\":[{\"input\":0,\"weights\":[0,0,0,0,1000,0,0,0,0]}],\"bias\":null}`";

/// A network, with an edit or without.
pub struct Subject {
    network: Arc<Network>,
    edited: Option<Arc<EditedNetwork>>,
}

/// The part of an address after `?`.
#[derive(Deserialize)]
struct Wanted {
    /// A [`KernelEdit`] as JSON.
    edit: Option<String>,
}

impl Subject {
    /// What a request is about; `digest` is the network's in its path, `picture` the picture's where there is one.
    ///
    /// # Errors
    /// There is no such network, the edit does not fit it, or too many edits come on one connection.
    pub fn of(
        site: &Site,
        request: &HttpRequest,
        digest: &str,
        picture: &str,
    ) -> Result<Self, Refusal> {
        let network = Arc::clone(site.network(digest)?);
        let query = Query::<Wanted>::from_query(request.query_string())
            .map_err(|_| Refusal::BadRequest("the query of this address cannot be read"))?;
        let Some(json) = query.into_inner().edit else {
            return Self::new(network, None);
        };
        let edit: KernelEdit = serde_json::from_str(&json)
            .map_err(|_| Refusal::BadRequest("`edit` is not the JSON of an edited kernel"))?;
        let subject = Self::new(network, Some(edit))?;
        // A proxy's connections carry everyone: there, limits are the proxy's matter.
        let connection = request
            .conn_data::<Connection>()
            .filter(|_| !site.origins.behind_proxy);
        let change = subject.tag(format!("{digest}-{picture}"));
        if connection.is_some_and(|connection| !connection.may_edit(&change)) {
            return Err(Refusal::TooManyRequests);
        }
        Ok(subject)
    }

    /// A network with an edit, or without.
    ///
    /// # Errors
    /// The edit does not fit the network.
    pub fn new(network: Arc<Network>, edit: Option<KernelEdit>) -> Result<Self, Refusal> {
        let edited = match edit {
            Some(edit) => Some(Arc::new(EditedNetwork::new(&network, in_numbers(edit)?)?)),
            None => None,
        };
        Ok(Self { network, edited })
    }

    /// The network without the edit.
    #[must_use]
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// The network with the edit, where there is one.
    #[must_use]
    pub fn edited(&self) -> Option<&Arc<EditedNetwork>> {
        self.edited.as_ref()
    }

    /// The name of an answer about this subject, from its name for the network as it is.
    #[must_use]
    pub fn tag(&self, plain: String) -> String {
        match &self.edited {
            Some(edited) => format!("{plain}-{}", edited.digest()),
            None => plain,
        }
    }

    /// The weights of a layer, little-endian; `None` where there is no such layer.
    #[must_use]
    pub fn weights(&self, layer: &str) -> Option<Vec<u8>> {
        match &self.edited {
            Some(edited) => edited.weights(layer),
            None => self.network.weights(layer).map(<[u8]>::to_vec),
        }
    }
}

/// From thousandths to numbers. Whether the kernels have the right size is for the network to say.
fn in_numbers(edit: KernelEdit) -> Result<edit::KernelEdit, Refusal> {
    let size = edit.kernels.first().map_or(0, |first| first.weights.len());
    if !u32::try_from(size).is_ok_and(|size| edit.is_sound(size)) {
        return Err(Refusal::BadEdit {
            code: "edit_unsound",
            message: format!(
                "the kernels of an edit come by ascending input, all of the same size, at most {EDITED_WEIGHTS} weights in total, \
                 each a whole number of thousandths within ±{EDITED_MOST}"
            ),
        });
    }
    let kernels = edit.kernels.into_iter().map(|kernel| edit::Kernel {
        input: kernel.input,
        weights: kernel.weights.into_iter().map(number).collect(),
    });
    Ok(edit::KernelEdit {
        layer: edit.layer.0,
        unit: edit.unit,
        kernels: kernels.collect(),
        bias: edit.bias.map(number),
    })
}

/// The nearest `f32`: a thousandth has no exact one.
fn number(thousandths: i32) -> f32 {
    thousandths as f32 / 1000.0
}

impl From<EditError> for Refusal {
    fn from(error: EditError) -> Self {
        Self::BadEdit {
            code: error.code(),
            message: error.to_string(),
        }
    }
}
