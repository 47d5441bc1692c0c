// The instructor points and draws: over the same thing on every screen that follows, on no other, and not for long.
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

import { PROTOCOL, type Thing } from '../../frontend/src/protocol/classroom';
import { violations } from './axe';
import { lecture } from './hall';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';

/** A rectangle of the page, in CSS px. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function box(person: Person, what: Locator): Promise<Box> {
  const found = await what.boundingBox();
  if (!found) throw new Error(`not on the screen of ${person.page.url()}`);
  return found;
}

const tile = ({ page }: Person, layer: string, unit: number) =>
  page.getByRole('button', { name: new RegExp(`^${layer}, unit ${unit + 1}\\b`, 'u') });
const tip = ({ page }: Person) => page.locator('[data-pointer] [data-tip]');
const strokes = ({ page }: Person) => page.locator('[data-pointer] [data-stroke] .line');
const overlay = ({ page }: Person) => page.locator('[data-pointer]');

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

const isSame = (one: Thing | undefined, other: Thing) => JSON.stringify(one) === JSON.stringify(other);
const isUnitOf = (thing: Thing, layer: string) => thing.kind === 'unit' && thing.layer === layer;

/** Draws a ring around something by mouse. */
async function ring({ page }: Person, { x, y, width, height }: Box): Promise<void> {
  const at = (turn: number) =>
    [x + width / 2 + 0.7 * width * Math.cos(turn), y + height / 2 + 0.7 * height * Math.sin(turn)] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let i = 1; i <= 24; i += 1) await page.mouse.move(...at((i / 24) * 2 * Math.PI));
  await page.mouse.up();
}

/** Asks a person's browser to say something as this class's page would, on a socket of its own. */
async function forge({ page }: Person, code: string, message: unknown): Promise<void> {
  await page.evaluate(
    async ([code, text, protocol]) => {
      const token = localStorage.getItem(`convocation:${code}:seat`);
      const socket = new WebSocket(`/api/classes/${code}/socket`);
      const hello = { type: 'hello', protocol, credential: { kind: 'token', token }, mode: null, have: {} };
      await new Promise((resolve) => {
        socket.onopen = () => {
          for (const said of [JSON.stringify(hello), text, '{"type":"ping","sent":1}']) socket.send(said);
        };
        socket.onmessage = ({ data }: MessageEvent<string>) => data.includes('"pong"') && resolve(null);
      });
      socket.close();
    },
    [code, JSON.stringify(message), PROTOCOL] as const,
  );
}

/** Waits until the middle of something is over the middle of another, within so many px. */
async function isOver(person: Person, what: Locator, other: Locator, within: number): Promise<void> {
  await what.waitFor({ state: 'attached' });
  await expect
    .poll(async () => {
      const [here, there] = [middle(await box(person, what)), middle(await box(person, other))];
      return Math.hypot(here.x - there.x, here.y - there.y);
    })
    .toBeLessThan(within);
}

lecture('the instructor points and draws over the same tile on every screen that follows', async (hall) => {
  const { host, code, assistant, projector, phone, laptop, crowd } = hall;
  const unit = (i: number): Thing => ({ kind: 'unit', layer: 'conv_1_1', unit: i });
  const aim = (i: number) =>
    crowd.hear(`conv_1_1, unit ${i}`, ({ pointer }) => isSame(pointer?.at?.thing, unit(i)));

  // By key: the pointer is where the focus is.
  await tile(host, 'conv_1_1', 3).focus();
  await host.page.keyboard.press('p');
  expect(await host.button('Pointer').getAttribute('aria-pressed')).toBe('true');
  await host.page.keyboard.press('ArrowDown');
  for (const person of hall.screens) await isOver(person, tip(person), tile(person, 'conv_1_1', 4), 3);
  await aim(4);
  const words = 'The instructor points at conv_1_1, unit 5.';
  await laptop.page.locator('[data-spoken]').filter({ hasText: words }).waitFor({ state: 'attached' });
  expect(await violations(host)).toEqual([]);

  // A student says the same of another tile: nobody sees it.
  await forge(laptop, code, {
    type: 'point',
    at: { thing: unit(0), u: 500, v: 500 },
    ink: { id: 9, legs: [{ thing: unit(0), points: [[0, 0]] }] },
  });
  await host.page.keyboard.press('ArrowUp');
  await isOver(projector, tip(projector), tile(projector, 'conv_1_1', 3), 3);
  await aim(3);
  expect(await strokes(projector).count()).toBe(0);
  await host.page.keyboard.press('p');
  for (const person of hall.watching) await overlay(person).waitFor({ state: 'detached' });
  await crowd.hear('no pointer', ({ pointer }) => pointer?.at === null && pointer.strokes.length === 0);
  expect(hall.frames().filter((text) => text.includes(JSON.stringify(unit(0))))).toEqual([]);

  // Ink, for six seconds; whoever explores sees none of it.
  await laptop.button('Explore').click();
  await hall.counts(8, 7);
  const before = await host.view();
  const [heard, began] = [crowd.frames().length, Date.now()];
  await host.button('Pen').click();
  await ring(host, await box(host, tile(host, 'conv_1_2', 3)));
  const drawn = Date.now();
  const followers = [host, assistant, phone, projector];
  for (const person of followers) {
    // The ring's line is 4 to 6 px wide.
    await isOver(person, strokes(person), tile(person, 'conv_1_2', 3), 5);
    const around = await box(person, tile(person, 'conv_1_2', 3));
    await expect
      .poll(async () => Math.abs((await box(person, strokes(person))).width - 1.4 * around.width))
      .toBeLessThan(14);
  }
  await crowd.hear('the ring', ({ pointer }) => {
    const [stroke, ...others] = pointer?.strokes ?? [];
    const points = stroke?.legs.flatMap(({ thing, points }) => (isUnitOf(thing, 'conv_1_2') ? points : []));
    return others.length === 0 && (points?.length ?? 0) > 8;
  });
  const pointers = crowd
    .frames()
    .slice(heard)
    .filter((text) => text.includes('"topic":"pointer"'));
  const seconds = (Date.now() - began) / 1000;
  expect(pointers.length / crowd.members.length).toBeLessThanOrEqual(20 * seconds + 2);
  expect(await overlay(laptop).count()).toBe(0);
  // Drawing drives nothing.
  expect(await host.view()).toEqual(before);

  for (const person of followers) await overlay(person).waitFor({ state: 'detached' });
  const seen = Date.now() - drawn;
  expect(seen).toBeGreaterThan(5000);
  // Six seconds, and what looking at four browsers takes.
  expect(seen).toBeLessThan(9000);
  await laptop.button('Follow').click();
  const rest = await phone.page.evaluate(async () => {
    let frames = 0;
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (run) => {
      frames += 1;
      return request(run);
    };
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { frames, animations: document.getAnimations().length };
  });
  expect(rest).toEqual({ frames: 0, animations: 0 });
});

scenario(
  'a place on a large map is the same cell everywhere, and goes with its view and its driver',
  async (room) => {
    const { host, code } = await room.startClass();
    const [phone, laptop] = [await room.join(code, PHONE), await room.join(code)];
    const followers = [phone, laptop];
    await host.openUnit('relu_1_1', 3);
    for (const person of followers) await person.sees({ focus: 'unit relu_1_1 3' });
    const output = ({ page }: Person) => page.getByLabel('Output: relu_1_1 · unit 4').first();
    for (const person of followers) await output(person).waitFor();
    await host.button('Pointer').click();
    const map = await box(host, output(host));
    await host.page.mouse.move(map.x + 0.26 * map.width, map.y + 0.76 * map.height, { steps: 4 });
    for (const person of followers)
      await expect
        .poll(async () => {
          if ((await tip(person).count()) === 0) return null;
          const here = await box(person, output(person));
          const { x, y } = middle(await box(person, tip(person)));
          return [
            Math.round(((x - here.x) / here.width) * 50),
            Math.round(((y - here.y) / here.height) * 50),
          ];
        })
        .toEqual([13, 38]);
    await laptop.page
      .locator('[data-spoken]')
      .filter({ hasText: /points at the output map, row \d+, column \d+/u })
      .waitFor({ state: 'attached' });
    expect((await host.view()).step).toBe(0);

    // Another view does not have this map; whoever drives no more points at nothing.
    await host.page.keyboard.press('Escape');
    expect(await host.button('Pointer').getAttribute('aria-pressed')).toBe('false');
    for (const person of followers) await overlay(person).waitFor({ state: 'detached' });
    await host.button('Pointer').click();
    await host.page.mouse.move(map.x + 0.5 * map.width, map.y + 0.5 * map.height, { steps: 4 });
    await tip(laptop).waitFor({ state: 'attached' });
    await host.page.close();
    for (const person of followers) await overlay(person).waitFor({ state: 'detached' });
  },
);
