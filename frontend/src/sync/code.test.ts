import { expect, test } from 'vitest';

import { parseCode, spellCode } from './code';

// The same table as the server's tests of `ClassCode::parse`.
test.each([
  ['ABC234', 'ABC234'],
  [' abc 234 ', 'ABC234'],
  ['abc-234', 'ABC234'],
  ['o0iIlL', '001111'],
  ['ABC\u00a0234', 'ABC234'],
  ['ABC23', null],
  ['ABC2345', null],
  ['ABCU34', null],
  ['ABC23ß', null],
  ['ABC23ı', null],
  ['', null],
])('%j is read as %j', (typed, code) => {
  expect(parseCode(typed)).toBe(code);
});

test('a spelt code is read as itself', () => {
  expect(spellCode('ABC234')).toBe('ABC 234');
  expect(parseCode(spellCode('ABC234'))).toBe('ABC234');
});
