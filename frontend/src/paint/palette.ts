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

/** The palette that `token` (name without dashes → CSS colour) gives. */
export function paletteFrom(token: (name: string) => string): Palette {
  const rgb = (name: string) => parseColour(token(name));
  const sides = (name: string) =>
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
  // A custom property is read as it was written, `light-dark()` and all; only a real property has the colour that holds.
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  const palette = paletteFrom((name) => {
    probe.style.color = `var(--${name})`;
    return style.color;
  });
  probe.remove();
  return palette;
}

/** Text colour that reads better on `background`, as CSS. */
export function inkOn(palette: Pick<Palette, 'onDeep' | 'onPale'>, background: Rgb): string {
  const pale = contrast(background, palette.onPale) >= contrast(background, palette.onDeep);
  return css(pale ? palette.onPale : palette.onDeep);
}
