import { expect, test } from 'vitest';

import convolution from '../src/views/units/formulas/convolution.tex?formula';
import { typeset } from './formula.ts';

test('a formula is MathML with nothing that the content security policy refuses', () => {
  expect(convolution).toMatch(/^<math [^>]*display="block".*<\/math>$/u);
  expect(convolution).not.toMatch(/style=|annotation|<span/u);
});

test('quantities carry the class of their colour', () => {
  expect(typeset('\\value{x} \\cdot \\weight{w}')).toMatch(
    /<mstyle class="quantity value"><mi>x<\/mi>.*<mstyle class="quantity weight"><mi>w<\/mi>/u,
  );
});

test('in a line of text it is set as part of it', () => {
  expect(typeset('x', 'inline')).not.toContain('display="block"');
});

test.each(['\\nonsense', '\\textcolor{red}{x}', '\\htmlStyle{color:red}{x}'])('refuses %s', (tex) => {
  expect(() => typeset(tex)).toThrow();
});
