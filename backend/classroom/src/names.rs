//! Friendly names for newcomers who have not told theirs: an adjective and an animal. Plain ASCII, kind in every combination,
//! and never about a person's looks or abilities.

/// How many different names there are.
pub const NAMES: u32 = 64 * 64;

const ADJECTIVES: [&str; 64] = [
    "Able", "Amber", "Arctic", "Autumn", "Blue", "Bold", "Brave", "Breezy", "Bright", "Brisk",
    "Calm", "Cheerful", "Clever", "Cosmic", "Cosy", "Crimson", "Curious", "Daring", "Dawn",
    "Eager", "Early", "Fair", "Fearless", "Festive", "Frosty", "Gentle", "Gleaming", "Golden",
    "Green", "Happy", "Hardy", "Honest", "Humble", "Indigo", "Jade", "Jolly", "Keen", "Kind",
    "Lively", "Loyal", "Lucky", "Lunar", "Merry", "Mighty", "Misty", "Noble", "Patient", "Polar",
    "Proud", "Quick", "Quiet", "Ready", "Royal", "Silver", "Solar", "Spring", "Steady", "Summer",
    "Sunny", "Swift", "Tidal", "Vivid", "Warm", "Wise",
];

const ANIMALS: [&str; 64] = [
    "Alpaca",
    "Badger",
    "Beaver",
    "Bison",
    "Bobcat",
    "Camel",
    "Caribou",
    "Cheetah",
    "Cicada",
    "Condor",
    "Coral",
    "Cricket",
    "Curlew",
    "Dolphin",
    "Eagle",
    "Egret",
    "Falcon",
    "Ferret",
    "Finch",
    "Firefly",
    "Fox",
    "Gazelle",
    "Gecko",
    "Gibbon",
    "Hare",
    "Hawk",
    "Hedgehog",
    "Heron",
    "Ibex",
    "Ibis",
    "Jaguar",
    "Kestrel",
    "Kingfisher",
    "Kiwi",
    "Koala",
    "Lark",
    "Lemur",
    "Leopard",
    "Lynx",
    "Magpie",
    "Marten",
    "Meerkat",
    "Moose",
    "Narwhal",
    "Newt",
    "Ocelot",
    "Orca",
    "Oriole",
    "Osprey",
    "Otter",
    "Owl",
    "Panda",
    "Pelican",
    "Penguin",
    "Puffin",
    "Quail",
    "Raven",
    "Robin",
    "Salmon",
    "Seal",
    "Sparrow",
    "Swallow",
    "Tapir",
    "Wombat",
];

/// The name for random bits, of which the lowest 12 count. Whoever wants one that is not yet taken tries other bits.
#[must_use]
pub fn friendly(bits: u32) -> String {
    let pick = |words: &[&'static str; 64], bits: u32| words[bits as usize % words.len()];
    format!("{} {}", pick(&ADJECTIVES, bits >> 6), pick(&ANIMALS, bits))
}
