//! An order that says nothing about which option is right, and is the same whenever the same is asked.

/// Sorts by what stands in each option, mixed with what is asked about.
pub(crate) fn shuffle<T>(options: &mut [T], about: &str, text: impl Fn(&T) -> String) {
    options.sort_by_cached_key(|option| {
        let text = text(option);
        (hash(&format!("{about} {text}")), text)
    });
}

/// FNV-1a with 64 bits, and its bits mixed (the finaliser of `MurmurHash3`), for texts here differ in their last letters only.
fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
