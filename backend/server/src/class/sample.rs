//! A sample of a class, for tests: the smallest one that the rules take.

use convocation_classroom::{
    entry::Opening,
    ids::{ClassCode, LayerId, NetworkId, PictureId, SecretHash},
    outline::{LayerOutline, Outline, Wiring},
};

/// Its opening.
pub fn opening() -> Opening {
    let input = LayerOutline {
        id: LayerId::from("input"),
        units: 3,
        steps: 16,
        sources: 0,
        wiring: Wiring::None,
        kernel: 0,
    };
    Opening {
        code: ClassCode::from_bits(1),
        host: SecretHash("host".to_owned()),
        assistant: SecretHash("assistant".to_owned()),
        outline: Outline {
            network: NetworkId::from("net"),
            layers: vec![input],
            classes: 2,
        },
        picture: PictureId::from("picture"),
        host_name: "Instructor".to_owned(),
    }
}
