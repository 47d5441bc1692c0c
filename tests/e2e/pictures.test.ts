// Pictures of one's own.
import { readFile } from 'node:fs/promises';

import { expect } from 'vitest';

import { PHONE } from './person';
import { scenario } from './scenario';

/** A picture that no gallery has, drawn by the browser: the bytes of a PNG of 90 × 60 px. */
const DRAWING = `(async () => {
  const canvas = new OffscreenCanvas(90, 60);
  const context = canvas.getContext('2d');
  context.fillStyle = 'teal';
  context.fillRect(0, 0, 90, 60);
  context.fillStyle = 'gold';
  context.fillRect(20, 10, 30, 30);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return [...new Uint8Array(await blob.arrayBuffer())];
})()`;

scenario('the instructor shows a picture of their own to everyone', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, PHONE);
  const before = await host.view();
  const bytes = await host.page.evaluate<number[]>(DRAWING);
  await host.page.getByLabel('Use your own picture').setInputFiles({
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: Buffer.from(bytes),
  });
  await host.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  const { picture } = await host.view();
  expect(picture).toMatch(/^[0-9a-f]{32}$/u);
  await student.sees({ picture });
});

scenario('a text file named .png is refused with words, and the old picture stays', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  const before = await host.view();
  const buffer = await readFile(new URL(import.meta.url));
  await host.page
    .getByLabel('Use your own picture')
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer });
  const words = await host.page.getByRole('alert').textContent();
  expect(words).toMatch(/text/u);
  expect(await host.view()).toEqual(before);
  await student.sees(before);
  host.forgive(/status of 4\d\d/u);
});
