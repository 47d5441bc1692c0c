/** An atlas: all maps of one layer as pixels, in one picture. Painted once per picture and scale, drawn from many times. */
import type { LayerMaps } from '../data/overview';
import { colourise, type Scale } from './scale';

/** Maps of one layer, side by side in rows. */
export interface Atlas {
  image: HTMLCanvasElement | ImageBitmap;
  /** Size of one map in pixels. */
  width: number;
  height: number;
  /** Maps in one row of the image. */
  across: number;
}

/** Where a map of an atlas begins, in pixels. */
export function placeIn(
  atlas: Pick<Atlas, 'width' | 'height' | 'across'>,
  unit: number,
): { x: number; y: number } {
  return {
    x: (unit % atlas.across) * atlas.width,
    y: Math.floor(unit / atlas.across) * atlas.height,
  };
}

/** Longest side of an atlas that every browser allows, in pixels. */
const SIDE_PX = 4096;

/** The atlas of a layer's maps; maps that would not fit on the largest canvas are left out. */
export function atlasOf(
  maps: Pick<LayerMaps, 'units' | 'values'>,
  scale: Scale,
  size: { width: number; height: number },
): Atlas | null {
  const { width, height } = size;
  const across = Math.max(Math.min(Math.floor(SIDE_PX / width), maps.units), 1);
  const down = Math.min(Math.ceil(maps.units / across), Math.floor(SIDE_PX / height));
  const canvas = document.createElement('canvas');
  canvas.width = across * width;
  canvas.height = down * height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const tile = context.createImageData(width, height);
  const pixels = new Uint32Array(tile.data.buffer);
  const each = width * height;
  for (let unit = 0; unit < Math.min(maps.units, across * down); unit += 1) {
    colourise(scale, maps.values.subarray(unit * each, (unit + 1) * each), pixels);
    const { x, y } = placeIn({ width, height, across }, unit);
    context.putImageData(tile, x, y);
  }
  return { image: canvas, width, height, across };
}
