// Every lesson of one language, from the first step to the last, on a small phone: each shows its view and its caption, all of it.
import { expect } from 'vitest';

import { scenario } from './scenario';
import { overflowing, shippedLessons, walk } from './walking';

const SMALL = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

scenario('every step of every lesson shows what it is about, and nothing stands out', async (room) => {
  const lessons = await shippedLessons(room.server.address, ['en']);
  expect(lessons.length).toBeGreaterThanOrEqual(4);
  const who = await room.visit('/explore', { ...SMALL, reducedMotion: 'reduce' });
  await who.sees({ focus: 'overview' });
  const found: string[] = [];
  for (const shipped of lessons) {
    expect(shipped.lesson.steps.length).toBeGreaterThan(5);
    await walk(who, shipped, async ({ index }) => {
      for (const what of await overflowing(who)) found.push(`${shipped.name}, step ${index + 1}: ${what}`);
    });
  }
  expect(found).toEqual([]);
});
