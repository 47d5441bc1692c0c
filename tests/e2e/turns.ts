/** Checks that share one visit: a server, a browser and a page for all of them, each beginning where all begin. */

/** Something that must hold, and its name. */
export interface Check<T> {
  name: string;
  run: (with_: T) => Promise<void>;
}

/** Runs them one after the other; what fails says which it was. */
export async function inTurn<T>(
  checks: readonly Check<T>[],
  with_: T,
  begin: (with_: T) => Promise<void>,
): Promise<void> {
  for (const { name, run } of checks)
    try {
      await begin(with_);
      await run(with_);
    } catch (cause) {
      throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
}
