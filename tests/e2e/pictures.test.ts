// Pictures of one's own.
import { readFile } from 'node:fs/promises';

import { expect } from 'vitest';

import { drawing } from './drawing';
import { PHONE } from './person';
import { scenario } from './scenario';

scenario('the instructor shows a picture of their own to everyone', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, PHONE);
  const before = await host.view();
  await host.page.getByLabel('Use your own picture').setInputFiles({
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: await drawing(host.page),
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
