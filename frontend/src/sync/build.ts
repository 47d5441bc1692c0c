/** Which build of the pages the server has, as its answers say. What a page does about another one than its own: `ui/release.ts`. */

/** The header that says it. */
export const BUILD_HEADER = 'convocation-build';

let listener: (build: string) => void = () => undefined;

/** Tells `told` from now on. A page has one that listens. */
export function listenForBuilds(told: (build: string) => void): void {
  listener = told;
}

/** An answer named a build; it may have none, as of a server without pages. */
export function heardOf(build: string | null): void {
  if (build) listener(build);
}
