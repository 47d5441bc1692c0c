/**
 * Sends a picture of one's own: small where the browser can read it, as it is where only the server may. Not where it comes from, nor
 * what is said meanwhile: see `views/intake.svelte.ts`.
 */
import type { PictureId } from '../../protocol/classroom';
import { accepted, ApiError, jsonOf, offline } from '../api';
import { isHeic, LOOK_BYTES } from './kind';
import { smallOf } from './small';

/** Largest picture file that the server takes, in bytes: asked before a phone sends it in vain. */
const FILE_BYTES = 12_000_000;

/** A picture that the server keeps, in px as it is kept. */
export interface SentPicture {
  picture: PictureId;
  width: number;
  height: number;
}

/** Whoever waits for it. */
export interface Waiting {
  /** Aborted when it is taken back. */
  signal: AbortSignal;
  /** How much of it is on its way, 0 to 1; called once before anything is. */
  progress: (part: number) => void;
}

/**
 * Sends a picture. What its name or type says does not count: its content is looked at. Throws `ApiError`, with `picture_heic` for photos
 * that neither this browser nor the server can read, and the signal's reason when it was taken back.
 */
export async function sendPicture(file: Blob, { signal, progress }: Waiting): Promise<SentPicture> {
  const small = await smallOf(file);
  if (!small && isHeic(new Uint8Array(await file.slice(0, LOOK_BYTES).arrayBuffer())))
    throw new ApiError({ code: 'picture_heic', message: 'HEIC cannot be read here', status: 0 });
  const body = small ?? file;
  if (body.size > FILE_BYTES)
    throw new ApiError({ code: 'too_large', message: 'the file is too large', status: 413 });
  signal.throwIfAborted();
  progress(0);
  return jsonOf(await accepted(await posted('/api/pictures', body, { signal, progress })), signal);
}

/** Posts a body, telling how far it is: only this oldest of the browser's ways to send can. */
function posted(path: string, body: Blob, { signal, progress }: Waiting): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const takeBack = () => request.abort();
    signal.addEventListener('abort', takeBack, { once: true });
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, statusText, responseText } = request;
      const retryAfter = request.getResponseHeader('retry-after');
      const headers = retryAfter === null ? {} : { 'retry-after': retryAfter };
      resolve(new Response(responseText, { status, statusText, headers }));
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new DOMException('taken back', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', takeBack);
    request.open('POST', path);
    request.send(body);
  });
}
