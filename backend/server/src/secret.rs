//! Secrets: the tokens and link secrets that prove who someone is. Made here, handed out once, kept only as hashes.

use std::fmt;

use convocation_classroom::ids::SecretHash;
use sha2::{Digest, Sha256};

const RANDOMNESS: &str = "the operating system has randomness";

/// 128 random bits as 32 hexadecimal digits. Deliberately neither `Display` nor a readable `Debug`: it must not get into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one, from the operating system's randomness.
    #[must_use]
    pub fn random() -> Self {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).expect(RANDOMNESS);
        Self(hexadecimal(&bits))
    }

    /// The text, to hand it to its owner.
    #[must_use]
    pub fn reveal(self) -> String {
        self.0
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 32 random bits, for what may be guessed: names and codes.
#[must_use]
pub fn bits() -> u32 {
    getrandom::u32().expect(RANDOMNESS)
}

/// The hash of what someone presents as a secret. Looking a hash up does not tell how near a guess was.
#[must_use]
pub fn hash(presented: &str) -> SecretHash {
    SecretHash(hexadecimal(&Sha256::digest(presented.as_bytes())))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_do_not_show() {
        let (a, b) = (Secret::random(), Secret::random());
        assert_ne!(a, b);
        let shown = format!("{a:?}");
        let text = a.reveal();
        assert_eq!(text.len(), 32);
        assert!(!shown.contains(&text));
    }

    #[test]
    fn the_hash_is_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc").0, expected);
    }
}
