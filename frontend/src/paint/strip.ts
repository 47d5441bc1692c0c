/** Paints a long row of values as bands of colour, however many fall on one pixel, with a gap between two maps where there is room. */
import { entry, type Scale } from './scale';

/** One band: a row of values in the colours of a scale. */
export interface Band {
  values: Float32Array;
  scale: Scale;
}

/** What is painted. */
export interface StripPaint {
  bands: readonly Band[];
  /** Elements of one map. */
  size: number;
  /** Size in CSS px, and space between two bands. */
  width: number;
  height: number;
  gap: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

/** Width of a map on the strip from which it is set apart from the next, in CSS px. */
const APART_PX = 6;

/** Paints the bands at the origin of the canvas. */
export function paintStrip(context: CanvasRenderingContext2D, paint: StripPaint): void {
  const { bands, ratio, size, gap } = paint;
  const [width, height] = [Math.round(paint.width * ratio), Math.round(paint.height * ratio)];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const between = Math.round(gap * ratio);
  const each = Math.floor((height - between * (bands.length - 1)) / bands.length);
  const line = document.createElement('canvas');
  line.width = width;
  line.height = 1;
  const pen = line.getContext('2d');
  if (!pen || width === 0 || each <= 0) return;
  context.imageSmoothingEnabled = false;
  bands.forEach(({ values, scale }, i) => {
    const pixels = pen.createImageData(width, 1);
    const colours = new Uint32Array(pixels.data.buffer);
    const lone = loudest(values, width);
    for (let x = 0; x < width; x += 1) colours[x] = scale.table[entry(scale, lone[x] ?? 0)] ?? 0;
    pen.putImageData(pixels, 0, 0);
    context.drawImage(line, 0, i * (each + between), width, each);
  });
  const length = bands[0]?.values.length ?? 0;
  const pitch = (size / length) * width;
  if (size === 1 || pitch < APART_PX * ratio) return;
  for (let x = pitch; x < width - 1; x += pitch)
    context.clearRect(Math.round(x) - ratio / 2, 0, Math.max(Math.round(ratio), 1), height);
}

/** For each of `count` pixels, the value with the largest amount among those that fall on it. */
export function loudest(values: Float32Array, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, x) => {
    const first = Math.floor((x / count) * values.length);
    const end = Math.max(Math.ceil(((x + 1) / count) * values.length), first + 1);
    let found = values[first] ?? 0;
    for (let i = first + 1; i < Math.min(end, values.length); i += 1) {
      const value = values[i] ?? 0;
      if (Math.abs(value) > Math.abs(found)) found = value;
    }
    return found;
  });
}
