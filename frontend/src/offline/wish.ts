/** What a page asks of the worker. */
export interface Wish {
  /** Addresses that it has loaded by itself. */
  keep: string[];
  /** The language in which all of the interface is to be kept; `null` where the line is for something else. */
  language: string | null;
}

export function isWish(value: unknown): value is Wish {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keep' in value &&
    Array.isArray(value.keep) &&
    value.keep.every((each) => typeof each === 'string') &&
    'language' in value &&
    (value.language === null || typeof value.language === 'string')
  );
}
