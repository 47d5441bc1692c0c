/** What a compiled article is made of. Made only by `build/article.ts`: nothing else is of the type `Html`. */
import type { FigureId } from './figures';
import type { SectionId } from './sections';

/** HTML of our own build: without scripts, without inline styles, every link checked. */
export type Html = string & { readonly made: 'by the build' };

/** A live figure: its caption, and what it shows in words. */
export interface FigurePart {
  kind: 'figure';
  figure: FigureId;
  caption: Html;
  words: string;
}

export type Part = { kind: 'text'; html: Html } | FigurePart;

export interface Section {
  id: SectionId;
  title: string;
  parts: readonly Part[];
}

/** What stands before the first section, and the sections in their order. */
export interface Article {
  title: string;
  opening: readonly Part[];
  sections: readonly Section[];
}
