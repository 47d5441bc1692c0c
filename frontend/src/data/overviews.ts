/** Loads overviews. One may be loaded while the screen that will show it is on its way. Nothing is kept: see `tensors.ts`. */
import type { Description } from '../protocol/network';
import { bytesOf, request } from './api';
import { decoder } from './decoding';
import type { Overview } from './overview';

let early: { path: string; overview: Promise<Overview> } | null = null;

/** Begins to load an overview for whoever asks next. */
export function loadEarly(path: string, network: Description): void {
  const overview = load(path, network, new AbortController().signal);
  early = { path, overview };
  // Whoever asks is told what went wrong, of an attempt of its own.
  overview.catch(() => undefined);
}

/** The overview of `network` at `path`. Rejects with `ApiError` when it does not come, with `AbortError` once `signal` is aborted. */
export async function loadOverview(
  path: string,
  network: Description,
  signal: AbortSignal,
): Promise<Overview> {
  const before = early?.path === path ? await early.overview.catch(() => null) : null;
  early = null;
  return before ?? load(path, network, signal);
}

async function load(path: string, network: Description, signal: AbortSignal): Promise<Overview> {
  decoder.start();
  return decoder.decode(await bytesOf(await request(path, { signal }), signal), network);
}
