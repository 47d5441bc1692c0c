/** The intake of a user's own picture: from a file, a drop, the clipboard or a camera, to the server and onto the stage. */
import { type ApiError, uploadPicture } from '../data/api';
import type { PictureId } from '../protocol/classroom';
import { asProblem } from './show.svelte';

/** Whether something from the clipboard may be a picture; what it really is, the server finds out. */
export function acceptsPictures(file: File): boolean {
  return file.type.startsWith('image/');
}

/** The intake of one explorer. */
export class PictureIntake {
  /** The last own picture that the server took. */
  own = $state<PictureId | null>(null);
  sending = $state(false);
  problem = $state.raw<ApiError | null>(null);
  readonly #show: (picture: PictureId) => void;
  #abort: AbortController | null = null;

  constructor(show: (picture: PictureId) => void) {
    this.#show = show;
  }

  /** Sends a file and shows it once the server has taken it. A newer one takes the place of one under way. */
  async take(file: File): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.sending = true;
    this.problem = null;
    try {
      const { picture } = await uploadPicture(file, abort.signal);
      if (abort.signal.aborted) return;
      this.own = picture;
      this.#show(picture);
    } catch (error) {
      if (!abort.signal.aborted) this.problem = asProblem(error);
    } finally {
      if (this.#abort === abort) this.sending = false;
    }
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.sending = false;
  }

  dismiss(): void {
    this.problem = null;
  }
}
