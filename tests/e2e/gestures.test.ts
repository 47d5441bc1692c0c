// Fingers on the picture of a network, by real touch events: swipe, pinch, double tap. Each has a button or a key, and none leads a class.
import type { CDPSession } from 'playwright-core';
import { expect } from 'vitest';

import { settled } from './canvas';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';

interface Point {
  x: number;
  y: number;
}

/** A hand over someone's phone. */
class Hand {
  readonly #person: Person;
  readonly #session: CDPSession;

  private constructor(person: Person, session: CDPSession) {
    this.#person = person;
    this.#session = session;
  }

  static async over(person: Person): Promise<Hand> {
    return new Hand(person, await person.context.newCDPSession(person.page));
  }

  /** Fingers go from one place to another in some steps, one frame each. */
  async go(from: Point[], to: Point[], steps = 6): Promise<void> {
    const at = (share: number) =>
      from.map(({ x, y }, i) => ({
        x: x + ((to[i]?.x ?? x) - x) * share,
        y: y + ((to[i]?.y ?? y) - y) * share,
        id: i,
      }));
    await this.#touch('touchStart', at(0));
    for (let step = 1; step <= steps; step += 1) {
      await this.#touch('touchMove', at(step / steps));
      await this.#person.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await this.#touch('touchEnd', []);
  }

  /** One finger goes across as fast as fingers do: no movement waits for what the one before does. */
  async swipe(from: Point, to: Point): Promise<void> {
    const halfway = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const start = this.#touch('touchStart', [from]);
    const moves = [halfway, to].map((at) => this.#touch('touchMove', [at]));
    await Promise.all([start, ...moves, this.#touch('touchEnd', [])]);
  }

  /** Two taps, as fast as a finger: the second does not wait for what the first one does. */
  async tapTwice(at: Point): Promise<void> {
    const taps = (['touchStart', 'touchEnd', 'touchStart', 'touchEnd'] as const).map((type) =>
      this.#touch(type, type === 'touchStart' ? [at] : []),
    );
    await Promise.all(taps);
  }

  async magnify(pageScaleFactor: number): Promise<void> {
    await this.#session.send('Emulation.setPageScaleFactor', { pageScaleFactor });
  }

  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]): Promise<void> {
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

const tile = ({ page }: Person, layer: string, unit: number) =>
  page.getByRole('button', { name: new RegExp(`^${layer}, unit ${unit}\\b`, 'u') });

async function middle(person: Person, layer: string, unit: number): Promise<Point & { width: number }> {
  const box = await tile(person, layer, unit).boundingBox();
  if (!box) throw new Error(`${layer}, unit ${unit} is not in sight`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

scenario(
  'two fingers enlarge the overview around what is below them; buttons and keys do, too',
  async (room) => {
    const who = await room.visit('/explore', { ...PHONE, reducedMotion: 'reduce' });
    const { page } = who;
    await settled(who);
    const larger = who.button('Larger');
    await larger.waitFor();
    const hand = await Hand.over(who);
    const before = await middle(who, 'conv_1_2', 3);
    const beside = (by: number) => [
      { x: before.x - by, y: before.y },
      { x: before.x + by, y: before.y },
    ];
    await hand.go(beside(40), beside(80));
    await expect
      .poll(async () => (await middle(who, 'conv_1_2', 3)).width)
      .toBeGreaterThan(before.width * 1.7);
    const after = await middle(who, 'conv_1_2', 3);
    expect(Math.abs(after.x - before.x)).toBeLessThan(after.width / 2);
    expect(Math.abs(after.y - before.y)).toBeLessThan(after.width / 2);
    // Nothing was opened by the way, and the page itself is as large as before.
    await who.sees({ focus: 'overview' });
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);

    await page.getByRole('button', { name: /back to the size that fits$/u }).click();
    await expect.poll(async () => (await middle(who, 'conv_1_2', 1)).width).toBe(before.width);
    await larger.click();
    await expect
      .poll(async () => (await middle(who, 'conv_1_2', 1)).width)
      .toBeGreaterThan(before.width * 1.2);
    await who.button('Smaller').click();
    await expect.poll(async () => (await middle(who, 'conv_1_2', 1)).width).toBe(before.width);
    await page.keyboard.press('+');
    await expect
      .poll(async () => (await middle(who, 'conv_1_2', 1)).width)
      .toBeGreaterThan(before.width * 1.2);
    await page.keyboard.press('0');
    await expect.poll(async () => (await middle(who, 'conv_1_2', 1)).width).toBe(before.width);

    // Whoever has the browser enlarge the page keeps its gestures.
    const network = page.locator('.network');
    const action = () => network.evaluate((element) => getComputedStyle(element).touchAction);
    expect(await action()).toBe('pan-x pan-y');
    await hand.magnify(2);
    await expect.poll(action).toBe('auto');
  },
);

scenario(
  'a swipe leads to the unit beside, a double tap opens, and a follower who does either explores',
  async (room) => {
    const { host, code } = await room.startClass();
    const student = await room.join(code, { ...PHONE, reducedMotion: 'reduce' });
    const { page } = student;
    // What knows of fingers comes when the page has nothing better to do.
    await student.button('Larger').waitFor();
    await host.openUnit('relu_1_1', 3);
    await student.sees({ focus: 'unit relu_1_1 3' });
    await page.getByRole('article').locator('math').first().waitFor();
    await settled(student);
    const hand = await Hand.over(student);
    const card = await page.getByRole('article').getByRole('heading').boundingBox();
    if (!card) throw new Error('there is no card');
    const [y, left, right] = [card.y + card.height / 2, 90, 300];
    // A finger that scrolls, and one that looks for something, lead nowhere.
    await hand.swipe({ x: left, y: y + 200 }, { x: left + 30, y: y + 60 });
    await student.sees({ focus: 'unit relu_1_1 3' });
    await hand.swipe({ x: right, y }, { x: left, y });
    await student.sees({ focus: 'unit relu_1_1 4' });
    await student.page.locator('[aria-pressed="true"]', { hasText: 'Explore' }).waitFor();
    await hand.swipe({ x: left, y }, { x: right, y });
    await student.sees({ focus: 'unit relu_1_1 3' });
    await host.sees({ focus: 'unit relu_1_1 3' });
    // The same by a button.
    await student.button('Next unit').click();
    await student.sees({ focus: 'unit relu_1_1 4' });

    await student.button('Back to the network').click();
    await student.sees({ focus: 'overview' });
    await settled(student);
    const at = await middle(student, 'conv_1_1', 5);
    await hand.tapTwice(at);
    await student.sees({ focus: 'unit conv_1_1 4' });
    await settled(student);
    await student.sees({ focus: 'unit conv_1_1 4' });
    await student.button('Next unit').click();
    await student.sees({ focus: 'unit conv_1_1 5' });
    await student.button('Previous unit').click();
    await student.sees({ focus: 'unit conv_1_1 4' });
    await host.sees({ focus: 'unit relu_1_1 3' });
  },
);
