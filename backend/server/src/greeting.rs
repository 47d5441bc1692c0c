//! The greeting: what the terminal shows when the server is up. The first line is for programs that wait for it.

use std::io::{self, IsTerminal, Write};

use qrcode::{EcLevel, QrCode as Qr, render::unicode};

use crate::{
    addresses::Listening,
    config::{QrCode, Serve},
};

/// Prints where the server is reached.
///
/// # Errors
/// Standard output is closed.
pub fn print(config: &Serve, listening: &Listening) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let local = listening.local();
    writeln!(out, "listening on {local}")?;
    out.flush()?;
    let reachable = listening.reachable(config.public_url.as_ref());
    writeln!(out, "\n  On this machine      {local}")?;
    for (i, address) in reachable.iter().enumerate() {
        let label = if i == 0 { "On the network" } else { "" };
        writeln!(out, "  {label:<20} {address}")?;
    }
    let show = match config.qr {
        QrCode::Auto => out.is_terminal(),
        QrCode::Always => true,
        QrCode::Never => false,
    };
    if let (true, Some(best)) = (show, reachable.first())
        && let Some(code) = in_terminal(best)
    {
        writeln!(out, "\n{code}")?;
    }
    out.flush()
}

/// A QR code of a text. Two modules a character, light on dark: most terminals are dark and scanners want a light margin.
pub fn in_terminal(text: &str) -> Option<String> {
    let code = Qr::with_error_correction_level(text, EcLevel::L).ok()?;
    let mut image = code.render::<unicode::Dense1x2>();
    Some(
        image
            .dark_color(unicode::Dense1x2::Light)
            .light_color(unicode::Dense1x2::Dark)
            .build(),
    )
}
