//! Join codes: 6 symbols without look-alikes, easy to say and to type. Where the randomness comes from is the caller's matter.

use crate::ids::ClassCode;

/// The 32 symbols of a code: no `I`, `L`, `O`, `U` (look-alikes of digits, and accidental words).
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols in a code: 32^6 is about 10^9, so that guessing one of a thousand classes takes a million tries.
pub const LENGTH: usize = 6;

impl ClassCode {
    /// The code for 30 random bits (the rest is ignored).
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        let symbol = |i: usize| char::from(ALPHABET[(bits >> (5 * i)) as usize % ALPHABET.len()]);
        Self((0..LENGTH).map(symbol).collect())
    }

    /// Reads what a person typed: any case, spaces and dashes ignored, `O` as `0`, `I` and `L` as `1`.
    ///
    /// Returns `None` when it cannot be a code.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let valid = code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b));
        valid.then_some(Self(code))
    }
}
