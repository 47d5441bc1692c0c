//! A digest: the address of content. The first half of a SHA-256, as 32 lower-case hexadecimal digits.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Bytes of the hash that are kept: 128 bits do not collide by accident, and stay short in addresses.
const KEPT_BYTES: usize = 16;

/// The digest of `parts`, each with its length, so that moving a boundary changes the digest.
#[must_use]
pub fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()[..KEPT_BYTES]
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String does not fail");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn has_32_lower_case_hexadecimal_digits() {
        let text = digest(&[b"a"]);
        assert_eq!(text.len(), 32);
        assert!(
            text.bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        );
    }

    #[test]
    fn depends_on_content_and_boundaries() {
        assert_eq!(digest(&[b"ab", b"c"]), digest(&[b"ab", b"c"]));
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_ne!(digest(&[b"ab"]), digest(&[b"ac"]));
    }
}
