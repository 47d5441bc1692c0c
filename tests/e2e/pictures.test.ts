// Pictures of one's own.
import { readFile } from 'node:fs/promises';

import type { Route } from 'playwright-core';
import { expect } from 'vitest';

import { drawing } from './drawing';
import { withExif } from './exif';
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

scenario(
  'a photo leaves the phone small, upright and without what the camera wrote beside it',
  async (room) => {
    const who = await room.visit('/explore', PHONE);
    const { page } = who;
    await page.locator('[data-picture]:not([data-picture=""])').waitFor();
    const before = await who.view();
    const photo = withExif(await drawing(page, { width: 2000, height: 1500, type: 'image/jpeg' }));
    expect(photo.includes('Exif')).toBe(true);
    const camera = page.getByLabel('Take a photo');
    const choose = (buffer: Buffer, name = 'IMG_1.JPG', mimeType = 'image/jpeg') =>
      camera.setInputFiles({ name, mimeType, buffer });

    // On its way it can be seen, and taken back.
    const held: Route[] = [];
    await page.route('**/api/pictures', (route) => void held.push(route));
    await choose(photo);
    await page.getByRole('progressbar', { name: 'Part of the picture that is sent' }).waitFor();
    await who.button('Cancel').click();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(await who.view()).toEqual(before);

    await choose(photo);
    await expect.poll(() => held.length).toBe(2);
    const sent = held[1]?.request().postDataBuffer() ?? Buffer.alloc(0);
    await held[1]?.continue();
    await page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
    expect(sent.length).toBeGreaterThan(1000);
    expect(sent.length).toBeLessThan(200_000);
    for (const trace of ['Exif', 'II*\0', 'GPS', 'http://ns.adobe.com'])
      expect(sent.includes(trace)).toBe(false);
    const seen = await page.evaluate(
      async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        context?.drawImage(bitmap, 0, 0);
        const red = (x: number) => context?.getImageData(x, Math.round(height * 0.3), 1, 1).data[0] ?? -1;
        return { width, height, left: red(Math.round(width * 0.2)), right: red(Math.round(width * 0.7)) };
      },
      [...sent],
    );
    // The golden part of the drawing lies up on the left; turned, it lies up on the right. Teal has no red.
    expect(seen).toMatchObject({ width: 384, height: 512 });
    expect(seen.left).toBeLessThan(20);
    expect(seen.right).toBeGreaterThan(235);

    const mine = await who.view();
    await choose(Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'));
    expect(await page.getByRole('alert').textContent()).toMatch(/HEIC.*screenshot/u);
    expect(await who.view()).toEqual(mine);
  },
);

scenario(
  'the host forbids own pictures: who has one goes back to the class, nobody takes another',
  async (room) => {
    const { host, code } = await room.startClass();
    const student = await room.join(code);
    const { picture: theirs } = await student.view();
    const add = student.page.getByLabel('Use your own picture');
    const mine = { name: 'mine.png', mimeType: 'image/png', buffer: await drawing(student.page) };
    await add.setInputFiles(mine);
    await student.page.locator(`[data-picture]:not([data-picture="${theirs}"])`).waitFor();
    await host.page.getByRole('button', { name: /here, \d+ follow/u }).click();
    // It is said for some seconds only.
    await Promise.all([
      student.page.getByText('Own pictures are not allowed for now.').waitFor(),
      host.button('Own pictures').click(),
    ]);
    await student.sees({ picture: theirs });
    await add.waitFor({ state: 'detached' });
    // Nor is one taken that is pasted, and the driver's own goes to everyone.
    await student.page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
    });
    await host.page.getByLabel('Use your own picture').setInputFiles(mine);
    await student.button('Follow').click();
    await student.page.locator(`[data-picture]:not([data-picture="${theirs}"])`).waitFor();
    expect((await student.view()).picture).toBe((await host.view()).picture);
    expect(await student.page.getByRole('alert').count()).toBe(0);

    await host.button('Own pictures').click();
    await add.waitFor();
  },
);
