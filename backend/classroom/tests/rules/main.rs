//! The rules of `SPEC.md`, by section. Test names begin with the numbers they are about.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod anything;
mod asks;
mod entries;
mod filling;
mod lecture;
mod lesson;
mod lost;
mod pace;
mod pointer;
mod presence;
mod properties;
mod question;
mod recording;
mod report;
mod roles;
mod room;
mod seats;
mod stage;
mod text;
mod views;
mod vocabulary;
