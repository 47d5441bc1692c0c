// People who see other colours than ours, people whom movement makes ill, and phones whose battery should last.
import { expect } from 'vitest';

import { pixels, settled } from './canvas';
import { PHONE } from './person';
import { scenario } from './scenario';

for (const colorScheme of ['light', 'dark'] as const)
  scenario(`with forced colours the focus is seen and tiles have borders, ${colorScheme}`, async (room) => {
    const who = await room.visit('/explore', { forcedColors: 'active', colorScheme });
    await settled(who);
    const { page } = who;
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    const tile = page.getByRole('button', { name: /^conv_1_1, unit 4\b/u });
    const { x, y, width, height } = (await tile.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    // Halfway to the next tile above there is nothing; between there and the map there is a line.
    const down = await pixels(who, { x: x + width / 2, y: y - 3, width: 1, height: height / 2 });
    const shades = down.map(([red, green, blue, opacity]) =>
      [red, green, blue].map((c) => c * (opacity / 255)),
    );
    expect(new Set(shades.slice(0, 6).map(String)).size).toBeGreaterThan(1);

    await page.keyboard.press('Tab');
    for (let i = 0; i < 60; i += 1) {
      const seen = await page.evaluate(() => {
        const it = document.activeElement;
        if (!(it instanceof HTMLElement) || it === document.body) return null;
        // What only carries the focus for something that stands for it is seen there.
        const marks = [it, it.parentElement, it.nextElementSibling].map((each) => {
          const { outlineStyle, outlineWidth } = getComputedStyle(each ?? it);
          return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        });
        return { html: it.outerHTML.slice(0, 120), marked: marks.includes(true) };
      });
      if (seen) expect(seen.marked, seen.html).toBe(true);
      await page.keyboard.press('Tab');
    }
  });

scenario('with reduced motion nothing moves: no animation frame asks for another', async (room) => {
  const who = await room.newcomer({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });
  const { page } = who;
  await page.addInitScript(() => {
    const asked = { further: 0 };
    Object.assign(globalThis, { asked });
    const original = requestAnimationFrame;
    let isInFrame = false;
    globalThis.requestAnimationFrame = (callback) => {
      // One frame may be waited for; motion is a frame that asks for the next.
      if (isInFrame) asked.further += 1;
      return original((time) => {
        isInFrame = true;
        callback(time);
        isInFrame = false;
      });
    };
  });
  await page.goto(`${room.server.address}/explore`);
  await who.sees({ focus: 'overview' });
  const before = await who.view();
  await who.openUnit('conv_1_2', 3);
  await who.sees({ focus: 'unit conv_1_2 3' });
  await who.button('Next step').click();
  await who.sees({ step: 1 });
  await page.keyboard.press('Escape');
  await who.sees({ focus: 'overview' });
  await page.getByRole('group', { name: 'Pictures' }).getByRole('button').nth(3).click();
  await page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  const moving = await page.evaluate(() => ({
    frames: (globalThis as unknown as { asked: { further: number } }).asked.further,
    animations: document
      .getAnimations()
      .filter(({ effect, playState }) => playState === 'running' && Number(effect?.getTiming().duration) > 1)
      .length,
  }));
  expect(moving).toEqual({ frames: 0, animations: 0 });
});

/** Longer than the time between two signs of life to the server, in ms. */
const IDLE_MS = 5500;

scenario('a phone that follows stays lit, and draws nothing while nothing moves', async (room) => {
  const { code, host } = await room.startClass();
  const student = await room.newcomer(PHONE);
  const { page } = student;
  await page.addInitScript(() => {
    const counted = { frames: 0, locks: 0 };
    Object.assign(globalThis, { counted });
    const original = requestAnimationFrame;
    globalThis.requestAnimationFrame = (callback) => {
      counted.frames += 1;
      return original(callback);
    };
    const request = () => {
      counted.locks += 1;
      const lock = {
        released: false,
        release: () => {
          if (!lock.released) counted.locks -= 1;
          lock.released = true;
          return Promise.resolve();
        },
      };
      return Promise.resolve(lock);
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const counted = () =>
    page.evaluate(() => (globalThis as unknown as { counted: { frames: number; locks: number } }).counted);
  await page.goto(`${room.server.address}/c/${code}`);
  await host.openUnit('conv_1_1', 0);
  await student.sees({ focus: 'unit conv_1_1 0' });
  await expect.poll(async () => (await counted()).locks).toBe(1);
  // Until all that loads and moves is at rest.
  const calm = async () => {
    const { frames } = await counted();
    await page.waitForTimeout(700);
    return (await counted()).frames - frames;
  };
  await expect.poll(calm, { interval: 0, timeout: 8000 }).toBe(0);

  const before = await counted();
  await page.waitForTimeout(IDLE_MS);
  expect(await counted()).toEqual(before);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);

  await student.button('Explore').click();
  await expect.poll(async () => (await counted()).locks).toBe(0);
  await student.button('Follow').click();
  await expect.poll(async () => (await counted()).locks).toBe(1);
});
