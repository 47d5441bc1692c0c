// The instructor points and draws: over the same thing on every screen that follows, on no other, and not for long.
import { expect } from 'vitest';

import { PROTOCOL } from '../../frontend/src/protocol/classroom';
import { violations } from './axe';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';

/** A rectangle of the page, in CSS px. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function box(person: Person, what: ReturnType<Person['page']['locator']>): Promise<Box> {
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
      const hello = {
        type: 'hello',
        protocol,
        credential: { kind: 'token', token },
        mode: null,
        have: {},
      };
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

scenario(
  'a ring around a tile is around the same tile on every screen that follows, for six seconds',
  async (room) => {
    const { host, code } = await room.startClass();
    const [phone, laptop, projector, explorer] = [
      await room.join(code, PHONE),
      await room.join(code),
      await room.projector(code),
      await room.join(code),
    ];
    await explorer.button('Explore').click();
    await host.page.getByRole('button', { name: '3 here, 2 follow' }).waitFor();
    const before = await host.view();

    await host.button('Pen').click();
    await ring(host, await box(host, tile(host, 'conv_1_2', 3)));
    const began = Date.now();
    for (const person of [host, phone, laptop, projector]) {
      await strokes(person).waitFor({ state: 'attached' });
      const around = await box(person, tile(person, 'conv_1_2', 3));
      await expect
        .poll(async () => {
          const drawn = await box(person, strokes(person));
          const apart = Math.hypot(middle(drawn).x - middle(around).x, middle(drawn).y - middle(around).y);
          // The ring's line is 4 to 6 px wide.
          return apart < 5 && Math.abs(drawn.width - 1.4 * around.width) < 14;
        })
        .toBe(true);
    }
    expect(await overlay(explorer).count()).toBe(0);
    // Drawing drives nothing.
    expect(await host.view()).toEqual(before);

    for (const person of [host, phone, laptop, projector])
      await overlay(person).waitFor({ state: 'detached' });
    const seen = Date.now() - began;
    expect(seen).toBeGreaterThan(5000);
    // Six seconds, and what looking at four browsers takes.
    expect(seen).toBeLessThan(9000);
    const rest = await laptop.page.evaluate(async () => {
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
  },
);

scenario(
  'what has the focus is pointed at and told on every screen, and nobody else points',
  async (room) => {
    const { host, code } = await room.startClass();
    const [phone, laptop] = [await room.join(code, PHONE), await room.join(code)];
    const projector = await room.projector(code);
    const followers = [phone, laptop, projector];

    // By key: the pointer is where the focus is.
    await tile(host, 'conv_1_1', 3).focus();
    await host.page.keyboard.press('p');
    expect(await host.button('Pointer').getAttribute('aria-pressed')).toBe('true');
    await host.page.keyboard.press('ArrowDown');
    for (const person of [host, ...followers]) {
      await tip(person).waitFor({ state: 'attached' });
      const around = await box(person, tile(person, 'conv_1_1', 4));
      await expect
        .poll(async () => {
          const { x, y } = middle(await box(person, tip(person)));
          return Math.hypot(x - middle(around).x, y - middle(around).y) < 3;
        })
        .toBe(true);
    }
    const words = 'The instructor points at conv_1_1, unit 5.';
    await laptop.page.locator('[data-spoken]').filter({ hasText: words }).waitFor({ state: 'attached' });
    expect(await violations(host)).toEqual([]);

    // A student says the same of another tile: nobody sees it.
    const thing = { kind: 'unit', layer: 'conv_1_1', unit: 0 };
    await forge(laptop, code, {
      type: 'point',
      at: { thing, u: 500, v: 500 },
      ink: { id: 9, legs: [{ thing, points: [[0, 0]] }] },
    });
    await host.page.keyboard.press('ArrowUp');
    await expect
      .poll(async () => {
        const around = middle(await box(projector, tile(projector, 'conv_1_1', 3)));
        const { x, y } = middle(await box(projector, tip(projector)));
        return Math.hypot(x - around.x, y - around.y) < 3;
      })
      .toBe(true);
    expect(await strokes(projector).count()).toBe(0);

    await host.page.keyboard.press('p');
    for (const person of followers) await overlay(person).waitFor({ state: 'detached' });
  },
);

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
