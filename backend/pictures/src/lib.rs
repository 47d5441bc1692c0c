//! Pictures: a file that someone chose becomes upright, opaque, small pixels, or an error that says what to do. Knows no networks.
//!
//! A crate of its own because the decoders of `image` are generic over the reader: whoever calls them compiles all of them.

pub mod digest;
pub mod picture;
mod sniff;

pub use picture::{Picture, PictureError};
