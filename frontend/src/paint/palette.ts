/** The palette: the colour tokens of `styles/tokens.css` as numbers, for what CSS cannot paint. */
import { contrast, css, parseColour, type Rgb } from './colour';
import { divergingTable, sequentialTable } from './scale';

/** Tables and single colours for painting, of one theme. */
export interface Palette {
  activation: Uint32Array;
  weight: Uint32Array;
  logit: Uint32Array;
  grey: Uint32Array;
  onPale: Rgb;
  onDeep: Rgb;
  /** CSS colours of lines. */
  edge: string;
  edgeLit: string;
  line: string;
  window: string;
  windowHalo: string;
  accent: string;
  paper: string;
  surface: string;
  ink: string;
}

/** The tokens that make a palette, without their dashes. */
const TOKENS = [
  'activation-negative-2',
  'activation-negative-1',
  'activation-zero',
  'activation-positive-1',
  'activation-positive-2',
  'weight-negative-2',
  'weight-negative-1',
  'weight-zero',
  'weight-positive-1',
  'weight-positive-2',
  'logit-low',
  'logit-high',
  'input-low',
  'input-high',
  'on-pale',
  'on-deep',
  'edge',
  'edge-lit',
  'line-strong',
  'window',
  'window-halo',
  'accent',
  'paper',
  'surface',
  'ink',
] as const;
export type Token = (typeof TOKENS)[number];

/** The palette that `token`, the CSS colour of each, gives. */
export function paletteFrom(token: (name: Token) => string): Palette {
  const rgb = (name: Token) => parseColour(token(name));
  const sides = (name: 'activation' | 'weight') =>
    divergingTable({
      negative: [rgb(`${name}-negative-1`), rgb(`${name}-negative-2`)],
      zero: rgb(`${name}-zero`),
      positive: [rgb(`${name}-positive-1`), rgb(`${name}-positive-2`)],
    });
  return {
    activation: sides('activation'),
    weight: sides('weight'),
    logit: sequentialTable(rgb('logit-low'), rgb('logit-high')),
    grey: sequentialTable(rgb('input-low'), rgb('input-high')),
    onPale: rgb('on-pale'),
    onDeep: rgb('on-deep'),
    edge: token('edge'),
    edgeLit: token('edge-lit'),
    line: token('line-strong'),
    window: token('window'),
    windowHalo: token('window-halo'),
    accent: token('accent'),
    paper: token('paper'),
    surface: token('surface'),
    ink: token('ink'),
  };
}

/** The palette of the theme that holds at `element` now. */
export function readPalette(element: HTMLElement): Palette {
  // A custom property is read as it was written, `light-dark()` and all; only a real property has the colour that holds. One probe for
  // each, all at once: with one for all of them the browser would find out styles again for each.
  const probes = document.createElement('span');
  probes.style.setProperty('forced-color-adjust', 'none');
  probes.hidden = true;
  const probeOf = new Map(
    TOKENS.map((name) => {
      const probe = document.createElement('span');
      probe.style.color = `var(--${name})`;
      probes.append(probe);
      return [name, getComputedStyle(probe)] as const;
    }),
  );
  element.append(probes);
  const palette = paletteFrom((name) => probeOf.get(name)?.color ?? '');
  probes.remove();
  return palette;
}

/** Text colour that reads better on `background`, as CSS. */
export function inkOn(palette: Pick<Palette, 'onDeep' | 'onPale'>, background: Rgb): string {
  const pale = contrast(background, palette.onPale) >= contrast(background, palette.onDeep);
  return css(pale ? palette.onPale : palette.onDeep);
}
