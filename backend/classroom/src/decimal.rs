//! A number as people write it: digits with a decimal point, exact. Not how it is displayed in a language.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Most decimals of a number that is to be chosen or computed.
pub const DECIMALS_MOST: u32 = 6;

/// A number as it is displayed: `digits` / 10^`decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Decimal {
    /// All digits, with the sign.
    pub digits: i32,
    /// How many of them come after the decimal point: at most [`DECIMALS_MOST`].
    pub decimals: u32,
}

impl Decimal {
    /// The same number without zeros at its end. `None` where it has more decimals than there may be.
    #[must_use]
    pub fn reduced(mut self) -> Option<Self> {
        if self.decimals > DECIMALS_MOST {
            return None;
        }
        while self.decimals > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.decimals -= 1;
        }
        Some(self)
    }

    /// The number in units of the last decimal that there may be: in order, and equal where the numbers are.
    pub(crate) fn scaled(self) -> i64 {
        let unit = 10_i64.pow(DECIMALS_MOST.saturating_sub(self.decimals));
        i64::from(self.digits) * unit
    }
}
