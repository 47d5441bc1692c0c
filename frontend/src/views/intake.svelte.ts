/**
 * The intake of a user's own picture: from a file, a drop, the clipboard, a camera or an address, through `data/picture` to the server
 * and onto the stage. Of other sites nothing is fetched, neither by the page (its policy forbids it, for everyone's privacy) nor by the
 * server (which would reach what only it can reach): their addresses are opened by whoever wants the picture.
 */
import { type ApiError, offline } from '../data/api';
import type { SentPicture, Waiting } from '../data/picture/send';
import type { PictureId } from '../protocol/classroom';
import { fileIn } from './pasted';
import { asProblem } from './fetched';

/** Whether something from the clipboard may be a picture; what it really is, the server finds out. */
export function acceptsPictures(file: File): boolean {
  return file.type.startsWith('image/');
}

/** Sends it with what is loaded only by those who have a picture of their own. */
async function send(file: File, waiting: Waiting): Promise<SentPicture> {
  const { sendPicture } = await import('../data/picture/send').catch(() => Promise.reject(offline()));
  return sendPicture(file, waiting);
}

/** The intake of one explorer. */
export class PictureIntake {
  /** The last own picture that the server took. */
  own = $state<PictureId | null>(null);
  /** Whether one is being made ready or sent. */
  busy = $state(false);
  /** How much of it is on its way, 0 to 1; `null` before. */
  sent = $state<number | null>(null);
  problem = $state.raw<ApiError | null>(null);
  /** The address of a picture at another site, which is not fetched. */
  elsewhere = $state.raw<URL | null>(null);
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
    this.busy = true;
    this.sent = null;
    this.dismiss();
    const progress = (part: number) => {
      if (this.#abort === abort) this.sent = part;
    };
    try {
      const { picture } = await send(file, { signal: abort.signal, progress });
      if (abort.signal.aborted) return;
      this.own = picture;
      this.#show(picture);
    } catch (error) {
      if (!abort.signal.aborted) this.problem = asProblem(error);
    } finally {
      if (this.#abort === abort) this.busy = false;
    }
  }

  /** Takes the picture that an address has in itself; of any other it says what can be done. */
  takeFrom(address: URL): void {
    const file = fileIn(address);
    if (file) {
      void this.take(file);
      return;
    }
    this.cancel();
    this.dismiss();
    this.elsewhere = address;
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.busy = false;
  }

  dismiss(): void {
    this.problem = null;
    this.elsewhere = null;
  }
}
