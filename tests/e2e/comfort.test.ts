// People who see other colours than ours, people whom movement makes ill, and phones whose battery should last.
import { expect } from 'vitest';

import { pixels, settled } from './canvas';
import { PHONE, type Person } from './person';
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

/** An idle minute, in s: longer than any timer of a page waits. */
const IDLE_S = 60;

/** Counts the frames a page asks for from now on. */
async function countFrames({ page }: Person): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = { frames: 0 };
    const original = requestAnimationFrame;
    globalThis.requestAnimationFrame = (callback) => {
      counted.frames += 1;
      return original(callback);
    };
    Object.assign(globalThis, { counted });
  });
  return () => page.evaluate(() => (globalThis as unknown as { counted: { frames: number } }).counted.frames);
}

scenario(
  'whoever follows stays lit, and no screen draws anything in a minute in which nothing moves',
  async (room) => {
    const { code, host } = await room.startClass();
    const student = await room.newcomer(PHONE);
    await student.page.addInitScript(() => {
      const held = { locks: 0 };
      Object.assign(globalThis, { held });
      const request = () => {
        held.locks += 1;
        const lock = {
          released: false,
          release: () => {
            if (!lock.released) held.locks -= 1;
            lock.released = true;
            return Promise.resolve();
          },
        };
        return Promise.resolve(lock);
      };
      Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    });
    const locks = () =>
      student.page.evaluate(() => (globalThis as unknown as { held: { locks: number } }).held.locks);
    const [projector, alone] = [await room.newcomer(), await room.newcomer()];
    const screens: [Person, string][] = [
      [student, `/c/${code}`],
      [projector, `/c/${code}/stage`],
      [alone, '/explore'],
      [host, `/c/${code}/desk`],
    ];
    for (const [{ page }, path] of screens) {
      // The page's own clock, which the test can let run as fast as the page works through its timers.
      await page.clock.install();
      await page.goto(room.server.address + path);
    }
    for (const [person] of screens) await person.sees({ focus: 'overview' });
    await host.openUnit('conv_1_1', 0);
    await alone.openUnit('conv_1_1', 0);
    for (const [person] of screens) await person.sees({ focus: 'unit conv_1_1 0' });
    await expect.poll(locks).toBe(1);
    for (const [person, path] of screens) {
      const frames = await countFrames(person);
      // Until all that loads and moves is at rest.
      const calm = async () => {
        const before = await frames();
        await person.page.clock.runFor(2000);
        return (await frames()) - before;
      };
      await expect.poll(calm, { interval: 100, timeout: 30_000 }).toBe(0);
      const before = await frames();
      // Second by second: between them the server answers signs of life.
      for (let s = 0; s < IDLE_S; s += 1) await person.page.clock.runFor(1000);
      expect((await frames()) - before, path).toBe(0);
      expect(await person.page.evaluate(() => document.getAnimations().length), path).toBe(0);
      // Nobody was taken for dead meanwhile.
      await person.sees({ focus: 'unit conv_1_1 0' });
    }

    await student.button('Explore').click();
    await expect.poll(locks).toBe(0);
    await student.button('Follow').click();
    await expect.poll(locks).toBe(1);
  },
);

scenario('whoever wants to hears every step as a tone, and nobody else does', async (room) => {
  const who = await room.newcomer({ reducedMotion: 'reduce' });
  const { page } = who;
  await page.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(globalThis, { heard });
    const original = Reflect.get(OscillatorNode.prototype, 'start') as OscillatorNode['start'];
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      heard.push(this.frequency.value);
      original.call(this, when);
    };
  });
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard);
  const parts: string[] = [];
  page.on('request', (request) => parts.push(new URL(request.url()).pathname));
  await page.goto(`${room.server.address}/explore`);
  await who.sees({ focus: 'overview' });
  await who.openUnit('conv_1_1', 3);
  await who.sees({ focus: 'unit conv_1_1 3' });
  await page.locator('[data-output]:visible').waitFor();
  await who.button('Next step').click();
  await who.sees({ step: 1 });
  expect(await heard()).toEqual([]);
  expect(parts.filter((path) => path.includes('tone'))).toEqual([]);

  await page.getByRole('button', { name: 'Language and theme' }).click();
  await page.getByRole('checkbox', { name: /^Tones/u }).check();
  await page.keyboard.press('Escape');
  await expect.poll(() => parts.filter((path) => path.includes('tone')).length).toBeGreaterThan(0);
  // The step at which somebody begins to listen is silent.
  await expect
    .poll(async () => {
      await who.button('Next step').click();
      return (await heard()).length;
    })
    .toBeGreaterThan(1);
  const [pitch = 0] = (await heard()).slice(-1);
  const output = Number(await page.locator('[data-output]:visible').getAttribute('data-output'));
  // Zero is 440 Hz; the sign tells on which side the value is.
  expect(Math.sign(Math.round(pitch - 440))).toBe(Math.sign(Math.round(output * 1000)));
  // It is kept, and taken back.
  await page.reload();
  await who.sees({ focus: 'unit conv_1_1 3' });
  await page.getByRole('button', { name: 'Language and theme' }).click();
  await page.getByRole('checkbox', { name: /^Tones/u }).uncheck();
  await page.keyboard.press('Escape');
  await who.button('Next step').click();
  expect(await heard()).toEqual([]);
});
