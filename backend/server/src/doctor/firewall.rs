//! What can be known of a firewall without an administrator's rights: which one is on, and how it lets a port through. Its rules cannot.

use std::{
    fs,
    process::{Command, Stdio},
};

/// The firewall that is on, as far as it tells everyone.
pub fn found() -> Option<&'static str> {
    if fs::read_to_string("/etc/ufw/ufw.conf").is_ok_and(|text| is_ufw_on(&text)) {
        return Some("ufw");
    }
    if says("systemctl", &["is-active", "firewalld"], "active") {
        return Some("firewalld");
    }
    let mac = "/usr/libexec/ApplicationFirewall/socketfilterfw";
    says(mac, &["--getglobalstate"], "Firewall is enabled").then_some("the macOS firewall")
}

fn is_ufw_on(settings: &str) -> bool {
    let mut lines = settings.lines().map(str::trim);
    lines.any(|line| line.eq_ignore_ascii_case("enabled=yes"))
}

/// Whether a command's first words are these.
fn says(program: &str, arguments: &[&str], words: &str) -> bool {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    output.is_ok_and(|output| output.stdout.starts_with(words.as_bytes()))
}

/// How to let a port through.
pub fn advice(port: u16) -> String {
    match found() {
        Some("ufw") => format!("sudo ufw allow {port}/tcp"),
        Some("firewalld") => format!("sudo firewall-cmd --add-port={port}/tcp"),
        Some(_) => "allow incoming connections for convocation in the system settings".to_owned(),
        None => format!("let TCP port {port} through the firewall"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ufw_says_in_its_settings_whether_it_is_on() {
        for (settings, is_on) in [
            ("# comment\nENABLED=yes\nLOGLEVEL=low\n", true),
            ("enabled=YES", true),
            ("ENABLED=no\n", false),
            ("# ENABLED=yes\n", false),
            ("", false),
        ] {
            assert_eq!(is_ufw_on(settings), is_on, "{settings}");
        }
    }

    #[test]
    fn a_command_is_asked_by_its_first_words() {
        assert!(says("echo", &["active"], "active"));
        assert!(!says("echo", &["inactive"], "active"));
        assert!(!says("there-is-no-such-command", &[], "active"));
    }
}
