/**
 * A picture made small on the device of its owner: upright, at most `SIDE` px long, on white, and without anything that a camera wrote
 * beside it (place, time, device), for it is painted and encoded anew. Not sending: see `send.ts`.
 */
import { isWhole } from './whole';

/** The longest side of a picture that is sent, in px: more than any network here looks at. */
export const SIDE = 512;

/** Largest file without loss, in bytes: drawings and pixel art stay as they are, photographs travel as JPEG within two seconds. */
const EXACT_BYTES = 100_000;

/** Where the loss cannot be seen (0 to 1). */
const JPEG_QUALITY = 0.92;

/** Width and height in px. */
export interface Size {
  width: number;
  height: number;
}

/**
 * The sizes through which a picture becomes small, the last one being what is sent. Never larger than it was. Halving is a mean of all
 * pixels in every browser; in one leap, some would read only a few of them.
 */
export function sizesThrough({ width, height }: Size): Size[] {
  const longest = Math.max(width, height);
  const scale = Math.min(1, SIDE / longest);
  const part = (side: number, times: number) => Math.max(1, Math.round(side * scale * times));
  return [4, 2, 1]
    .filter((times) => times === 1 || times * SIDE < longest)
    .map((times) => ({ width: part(width, times), height: part(height, times) }));
}

/** The small picture as PNG or JPEG; `null` where this browser cannot read the file, or would paint a part of it. */
export async function smallOf(file: Blob): Promise<Blob | null> {
  if (!isWhole(new Uint8Array(await file.arrayBuffer()))) return null;
  const address = URL.createObjectURL(file);
  try {
    // An element honours the orientation that the camera wrote in every browser; `createImageBitmap` does not in all of them.
    const image = new Image();
    image.src = address;
    await image.decode();
    const size = { width: image.naturalWidth, height: image.naturalHeight };
    return size.width > 0 && size.height > 0 ? await encoded(painted(image, size)) : null;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function painted(image: HTMLImageElement, size: Size): HTMLCanvasElement {
  let before: CanvasImageSource = image;
  let canvas = document.createElement('canvas');
  for (const { width, height } of sizesThrough(size)) {
    canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('there is no canvas');
    // What the server, too, puts behind what is transparent.
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(before, 0, 0, width, height);
    before = canvas;
  }
  return canvas;
}

async function encoded(canvas: HTMLCanvasElement): Promise<Blob | null> {
  const exact = await blobOf(canvas, 'image/png');
  return exact && exact.size <= EXACT_BYTES ? exact : blobOf(canvas, 'image/jpeg');
}

function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
}
