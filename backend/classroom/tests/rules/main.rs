//! The rules of `SPEC.md`, by section. Test names begin with the numbers they are about.

mod entries;
mod pace;
mod presence;
mod roles;
mod room;
mod seats;
mod stage;
mod text;

#[path = "../lecture/mod.rs"]
mod lecture;
