//! A tile: one map in the size in which it is painted, and the codes for its cells.

/// A map, averaged down.
pub(super) struct Tile {
    pub rows: usize,
    pub columns: usize,
    pub cells: Vec<f32>,
}

impl Tile {
    /// Averages `map` down by the smallest factor that makes no side longer than `side`. The last row and column of cells may
    /// be means of fewer values.
    pub fn of(map: &[f32], [rows, columns]: [usize; 2], side: usize) -> Self {
        let factor = rows.max(columns).div_ceil(side);
        let small = [rows.div_ceil(factor), columns.div_ceil(factor)];
        if factor == 1 {
            return Self {
                rows,
                columns,
                cells: map.to_vec(),
            };
        }
        let cell = |row: usize, column: usize| {
            let below = (row * factor + factor).min(rows);
            let right = (column * factor + factor).min(columns);
            let block = (row * factor..below)
                .flat_map(|y| &map[y * columns + column * factor..y * columns + right]);
            let count = (below - row * factor) * (right - column * factor);
            block.sum::<f32>() / count as f32
        };
        let cells = (0..small[0])
            .flat_map(|row| (0..small[1]).map(move |column| cell(row, column)))
            .collect();
        Self {
            rows: small[0],
            columns: small[1],
            cells,
        }
    }
}

/// From a value to its level, among `levels + 1` that are spread over the range.
pub(super) fn quantiser([low, high]: [f32; 2], levels: u8) -> impl Fn(f32) -> u8 {
    let scale = if high > low {
        f32::from(levels) / (high - low)
    } else {
        0.0
    };
    move |value| {
        let level = ((value - low) * scale).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and takes NaN to 0"
        )]
        let level = level as u8;
        level.min(levels)
    }
}

/// Appends the code of every cell.
pub(super) fn code(tile: &Tile, quantise: impl Fn(f32) -> u8, levels: u8, codes: &mut Vec<u8>) {
    let cells: Vec<u8> = tile.cells.iter().map(|value| quantise(*value)).collect();
    let at = |row: usize, column: usize| i16::from(cells[row * tile.columns + column]);
    for row in 0..tile.rows {
        for column in 0..tile.columns {
            let likely = match (row, column) {
                (0, 0) => 0,
                (0, _) => at(0, column - 1),
                (_, 0) => at(row - 1, 0),
                _ => median(
                    at(row - 1, column),
                    at(row, column - 1),
                    at(row - 1, column - 1),
                ),
            };
            codes.push(fold(at(row, column) - likely, levels));
        }
    }
}

/// The median of `above`, `left` and the plane through all three neighbours.
fn median(above: i16, left: i16, corner: i16) -> i16 {
    (above + left - corner).clamp(above.min(left), above.max(left))
}

/// A difference of levels as a byte: modulo the number of levels around zero, then small for small differences of either sign.
fn fold(difference: i16, levels: u8) -> u8 {
    let count = i16::from(levels) + 1;
    let around_zero = (difference + count / 2).rem_euclid(count) - count / 2;
    let folded = if around_zero >= 0 {
        2 * around_zero
    } else {
        -2 * around_zero - 1
    };
    u8::try_from(folded).expect("a difference is within half of at most 256 levels")
}

/// About how many bytes an entropy coder makes of these.
pub(super) fn entropy_bytes(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let total = bytes.len() as f64;
    let bits: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) * (total / f64::from(*count)).log2())
        .sum();
    bits / 8.0
}
