/**
 * The pictures of a recording: those in its file are given to this server when they are to be seen, for it computes with them; others are
 * there or not. Not those of a network's gallery.
 */
import { SvelteMap } from 'svelte/reactivity';

import { ApiError, jsonOf, pictureUrl, request } from '../../data/api';
import type { SentPicture } from '../../data/picture/send';
import type { PictureId, Recording } from '../../protocol/classroom';

/** After how long a picture is asked for again where the server did not answer, in ms. */
const AGAIN_MS = 3000;

export type PictureState = 'coming' | 'here' | 'gone';

export class RecordedPictures {
  readonly #files: Recording['pictures'];
  readonly #states = new SvelteMap<PictureId, PictureState>();
  readonly #leaving = new AbortController();

  constructor({ pictures }: Recording) {
    this.#files = pictures;
  }

  /** Whether a picture can be shown; one that nobody wanted so far is on its way. */
  state(picture: PictureId): PictureState {
    return this.#states.get(picture) ?? 'coming';
  }

  /** Sees to it that a picture is there, if it can be. */
  want(picture: PictureId): void {
    if (this.#states.has(picture)) return;
    this.#states.set(picture, 'coming');
    void this.#fetch(picture);
  }

  /** Stops what is under way. */
  close(): void {
    this.#leaving.abort();
  }

  async #fetch(picture: PictureId): Promise<void> {
    const { signal } = this.#leaving;
    try {
      this.#states.set(picture, (await this.#isThere(picture)) ? 'here' : 'gone');
    } catch (error) {
      if (signal.aborted) return;
      const isLost = error instanceof ApiError && [404, 413, 422].includes(error.status);
      if (isLost) this.#states.set(picture, 'gone');
      else setTimeout(() => signal.aborted || void this.#fetch(picture), AGAIN_MS);
    }
  }

  async #isThere(picture: PictureId): Promise<boolean> {
    const { signal } = this.#leaving;
    const file = this.#files.find((each) => each.picture === picture);
    if (file === undefined) {
      await request(pictureUrl(picture), { method: 'HEAD', signal });
      return true;
    }
    const bytes = decoded(file.png);
    if (!bytes) return false;
    const answer = await request('/api/pictures', { method: 'POST', body: bytes, signal });
    const { picture: kept } = await jsonOf<SentPicture>(answer, signal);
    // The name says what is in it: another picture under this name would be a lie.
    return kept === picture;
  }
}

/** The bytes of base64, or `null` where it is none. */
function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (symbol) => symbol.charCodeAt(0));
  } catch {
    return null;
  }
}
