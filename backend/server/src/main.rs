//! The Convocation server.
fn main() {}
