//! The networks that come with the project, as they are read from their folders and computed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod tiny_example;
mod tiny_vgg;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, mpsc::channel},
    time::Duration,
};

use convocation_inference::{Activations, Description, Engine, Library, Network, Runtime};
use convocation_pictures::Picture;

/// Most time for something that takes milliseconds.
const TIME: Duration = Duration::from_secs(60);

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn library(runtime: &Runtime) -> Library {
    Library::open(runtime, &project().join("models")).unwrap()
}

fn compute(engine: &Engine, network: &Arc<Network>, picture: &Arc<Picture>) -> Arc<Activations> {
    let (send, receive) = channel();
    engine.activations(network, picture, move |result| send.send(result).unwrap());
    receive.recv_timeout(TIME).unwrap().unwrap()
}

/// The class that the network takes the picture for.
fn label<'a>(description: &'a Description, activations: &Activations) -> &'a str {
    let scores = activations.layer(&description.output).unwrap();
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    &description.labels[best.unwrap()]
}

#[test]
fn classes_begin_with_tiny_vgg() {
    let library = library(&Runtime::load().unwrap());
    let ids: Vec<_> = library
        .networks()
        .iter()
        .map(|network| network.id())
        .collect();
    assert_eq!(ids, ["tiny-vgg", "tiny-example"]);
}
