import { expect, test } from 'vitest';

import { kindOf } from './kinds';

const at = (path: string, isNavigation = false) =>
  kindOf(new URL(path, 'https://class.example'), isNavigation);

test.each(['/', '/explore', '/explore?layer=conv_1_1&unit=2', '/learn', '/c/7KQ2MX', '/c/7KQ2MX/desk'])(
  'the page at %s',
  (path) => {
    expect(at(path, true)).toEqual({ kind: 'page' });
    expect(at(path)).toBeNull();
  },
);

test.each(['/assets/index-DDsBtHuM.js', '/favicon.svg', '/icon-192.png', '/manifest.webmanifest'])(
  'the file %s',
  (path) => expect(at(path)).toEqual({ kind: 'file' }),
);

test.each([
  ['/api/networks', false],
  ['/api/networks/tiny-vgg', true],
  ['/api/networks/tiny-vgg/lessons', false],
  ['/api/networks/tiny-vgg/lessons/en/a-first-look', false],
])('networks and lessons: %s', (path, describes) => {
  expect(at(path)).toEqual({ kind: 'text', describes });
});

test.each([
  ['/api/weights/0a1b/conv_1_1', null],
  ['/api/weights/0a1b/conv_1_1/3', null],
  ['/api/pictures/koala', 'koala'],
  ['/api/pictures/koala/thumbnail', 'koala'],
  ['/api/overviews/0a1b/koala/phone', 'koala'],
  ['/api/tensors/0a1b/koala/conv_1_1', 'koala'],
  ['/api/tensors/0a1b/koala/conv_1_1/3', 'koala'],
])('values: %s', (path, of) => {
  expect(at(path)).toEqual({ kind: 'value', of });
});

test.each([
  '/api/classes',
  '/api/classes/7KQ2MX',
  '/api/classes/7KQ2MX/socket',
  '/api/classes/7KQ2MX/events',
  '/api/classes/7KQ2MX/report',
  '/api/classes/../classes/7KQ2MX/report',
  '/api/messages',
  '/api/questions',
  '/api/addresses',
  '/api/qr?text=http%3A%2F%2F192.168.1.5%2Fc%2F7KQ2MX',
  '/api/openapi.json',
  '/api/pictures',
  '/api/overviews/0a1b/koala/phone?edit=%7B%7D',
  '/api/weights/0a1b/conv_1_1?edit=%7B%7D',
  '/api/networks/tiny-vgg/lessons/sent/a/b',
  '/api/networks/tiny-vgg/secrets',
  '/healthz',
  '/metrics',
  '/worker.js',
  '/nothing',
])('never: %s', (path) => {
  expect(at(path)).toBeNull();
  expect(at(path, true)).toBeNull();
});
