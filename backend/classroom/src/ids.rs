//! Names of things: networks, pictures, layers, seats, moments. Each is its own type, so that none is
//! mistaken for another. This file knows nothing about what the named things are.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text, as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// A network by the name of its folder, for example `tiny-vgg`.
    NetworkId
}
text_id! {
    /// A picture by its content: 32 lower-case hexadecimal digits, the first half of a SHA-256.
    PictureId
}
text_id! {
    /// A layer by the name of its node in the ONNX graph, for example `conv_1_1`; `input` is the input.
    LayerId
}
text_id! {
    /// A lesson by where the server finds it: `NETWORK/LANGUAGE/NAME`, or for one that was sent in 32 hexadecimal digits.
    LessonId
}
text_id! {
    /// A class by its join code: 6 symbols of [`crate::code::ALPHABET`].
    ClassCode
}

/// A place in a class, numbered from 0 (the host) in order of arrival. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct SeatId(pub u32);

/// A question by its number within the class, from 1 in the order in which they were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct QuestionId(pub u32);

/// Milliseconds since the class was opened. 32 bits hold 49 days; a class lives for hours.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(transparent)]
pub struct ClassTime(pub u32);

/// A version of a topic. Only grows while a class exists, also across restarts of the server.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(transparent)]
pub struct Version(pub u32);

/// SHA-256 of a secret or token, lower-case hexadecimal. Opaque here: whoever hashes lives elsewhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretHash(pub String);

impl fmt::Debug for SecretHash {
    /// Hidden, so that logs cannot tell who is who.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}
