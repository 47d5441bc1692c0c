//! `frontend/src/protocol/network.ts` says what `description.rs` says.

use std::{env, fs, path::PathBuf};

use convocation_inference::description::{Credits, Description, GalleryPicture, Input, Layer, Op};
use ts_rs::{Config, TS};

const HEADER: &str = "// Generated from backend/inference/src/description.rs. Do not edit; regenerate with\n\
                      //   UPDATE_TYPES=1 cargo test -p convocation-inference --test typescript\n";

fn declaration<T: TS>(config: &Config) -> String {
    format!(
        "{}export {}\n",
        T::docs().unwrap_or_default(),
        T::decl(config)
    )
}

#[test]
fn network_types_are_up_to_date() {
    let config = Config::default();
    let expected = [
        HEADER.to_owned(),
        declaration::<Description>(&config),
        declaration::<Input>(&config),
        declaration::<Layer>(&config),
        declaration::<Op>(&config),
        declaration::<GalleryPicture>(&config),
        declaration::<Credits>(&config),
    ]
    .join("\n");

    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../frontend/src/protocol/network.ts");
    if env::var_os("UPDATE_TYPES").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found,
        expected,
        "{} is stale: see its first lines",
        path.display()
    );
}
