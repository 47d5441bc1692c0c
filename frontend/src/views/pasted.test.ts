import { describe, expect, test } from 'vitest';

import { addressIn, fileIn } from './pasted';

describe('the address in a pasted text', () => {
  test.each([
    ['https://example.org/cat.png', 'https://example.org/cat.png'],
    [' http://example.org/cat \n', 'http://example.org/cat'],
    ['a cat', null],
    ['https://example.org/cat.png and more', null],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['https://', null],
  ])('%j is %j', (text, expected) => {
    expect(addressIn(text)?.href ?? null).toBe(expected);
  });
});

test('a picture that stands in its own address is a file of its bytes', async () => {
  const file = fileIn(new URL('data:image/png;base64,aGVsbG8='));
  expect(file?.type).toBe('image/png');
  expect(await file?.text()).toBe('hello');
});

test.each([
  'data:image/png;base64,%',
  'data:image/png;base64,',
  'data:image/svg+xml,<svg/>',
  'https://example.org/',
])('%s has no picture in itself', (href) => {
  expect(fileIn(new URL(href))).toBeNull();
});
