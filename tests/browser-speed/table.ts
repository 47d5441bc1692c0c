/** The figures as a table: target, median, spread, verdict. */
import { median } from './statistics';

/** What is asked of a figure. */
export interface Target {
  what: string;
  unit: 'ms' | 'frames/s' | 'elements';
  /** At most for times and counts, at least for rates. */
  target: number;
}

/** A figure that was measured several times. */
export interface Figure extends Target {
  values: readonly number[];
}

/** A line per figure. A value that could not be taken is `NaN`, and misses. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, unit, target, values }) => {
    const middle = median(values);
    const met = unit === 'frames/s' ? middle >= target : middle <= target;
    const bound = `${unit === 'frames/s' ? '≥' : '≤'} ${text(target, unit)} ${unit}`;
    const spread = [Math.min(...values), Math.max(...values)].map((value) => text(value, unit)).join(' … ');
    return [what, bound, text(middle, unit), spread, met ? 'met' : 'MISSED'];
  });
  const all = [['', 'target', 'median', 'spread', ''], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  return all
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd : cell.padStart).call(cell, widths[i] ?? 0)))
    .map((row) => row.join('   ').trimEnd())
    .join('\n');
}

function text(value: number, unit: Target['unit']): string {
  return unit === 'frames/s' ? value.toFixed(1) : String(Math.round(value));
}
