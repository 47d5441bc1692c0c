// No layout breaks: on the smallest phone and one on its side, when words are long, when a language is read from right to left, and for
// whoever enlarges pages.
import { expect } from 'vitest';

import { atRest } from './canvas';
import { faults } from './faults';
import type { Person } from './person';
import { speakPseudo, type Pseudo } from './pseudo';
import { scenario } from './scenario';
import { tour } from './tour';

interface Reading {
  who: string;
  viewport: { width: number; height: number };
  touch: boolean;
  language: Pseudo | null;
  /** Sizes at which every stop is looked at, too. */
  also?: { width: number; height: number }[];
}

const READINGS: Reading[] = [
  { who: 'a phone on its side', viewport: { width: 844, height: 390 }, touch: true, language: null },
  {
    who: 'long words on a small phone',
    viewport: { width: 360, height: 640 },
    touch: true,
    language: { mirrored: false },
  },
  {
    who: 'long words from right to left',
    viewport: { width: 1024, height: 768 },
    touch: false,
    language: { mirrored: true },
  },
  {
    // Of a window of 1280×1024: what WCAG 2.2 asks for in 1.4.4 and 1.4.10.
    who: 'pages at 200 % and at 400 %',
    viewport: { width: 640, height: 512 },
    touch: false,
    language: null,
    also: [{ width: 320, height: 256 }],
  },
];

for (const { who, viewport, touch, language, also = [] } of READINGS)
  scenario(`no screen and no view has a fault of its layout: ${who}`, async (room) => {
    const found: Record<string, string[]> = {};
    const seen = new Set<string>();
    const device = { viewport, hasTouch: touch, isMobile: touch };
    const prepare = async (person: Parameters<typeof speakPseudo>[0]) => {
      if (language) await speakPseudo(person, language);
    };
    for await (const { name, person } of tour(room, { device, prepare })) {
      seen.add(name);
      const direction = await person.page.evaluate(() => getComputedStyle(document.body).direction);
      expect(direction).toBe(language?.mirrored ? 'rtl' : 'ltr');
      for (const size of [viewport, ...also]) {
        if (size !== viewport) {
          await person.page.setViewportSize(size);
          await atRest(person);
        }
        const list = await faults(person.page, { touch });
        if (list.length > 0) found[size === viewport ? name : `${name}, ${size.width} px wide`] = list;
      }
      if (also.length > 0) await person.page.setViewportSize(viewport);
    }
    expect(seen.size).toBeGreaterThan(35);
    expect(found).toEqual({});
  });

scenario('a text on another and a text cut off are found, a shortened one is none', async (room) => {
  const { page } = await room.newcomer({ viewport: { width: 640, height: 480 } });
  await page.setContent(`
    <style>p { position: absolute; margin: 0; font: 16px/20px sans-serif; white-space: nowrap; overflow: hidden }</style>
    <p style="left: 10px; top: 10px">under</p><p style="left: 30px; top: 12px">over</p>
    <p style="left: 200px; top: 10px; height: 12px">low</p>
    <p style="left: 300px; top: 10px; width: 40px" class="narrow">not all of it</p>
    <p style="left: 400px; top: 10px; width: 60px; text-overflow: ellipsis" title="whole">as much as there is room for</p>
    <p style="left: 10px; top: 60px">apart</p>`);
  expect(await faults(page, { touch: false })).toEqual([
    '‘low’ cut off by p ‘low’',
    '‘not all of it’ cut off by p.narrow ‘not all of it’',
    'p ‘under’ is written on p ‘over’',
  ]);
});

/** How many rows the bar of the desk has. Throws where two of its parts lie on each other, or one leaves the window. */
function rowsOfBar({ page }: Person): Promise<number> {
  return page.locator('.bar:has(> .invite) > :not(.second), .bar > .second > *').evaluateAll((parts) => {
    for (const part of parts)
      if (part.scrollWidth > part.clientWidth + 2 && getComputedStyle(part).overflowX === 'visible')
        throw new Error(`${part.className} is too narrow for its words`);
    const boxes = parts.map((part) => ({ name: part.className, rect: part.getBoundingClientRect() }));
    for (const { name, rect } of boxes) {
      if (rect.left < 0 || rect.right > innerWidth) throw new Error(`${name} leaves the window`);
      for (const other of boxes)
        if (
          other.rect !== rect &&
          rect.left < other.rect.right - 1 &&
          other.rect.left < rect.right - 1 &&
          rect.top < other.rect.bottom - 1 &&
          other.rect.top < rect.bottom - 1
        )
          throw new Error(`${name} lies on ${other.name}`);
    }
    return new Set(boxes.map(({ rect }) => Math.round((rect.top + rect.bottom) / 8))).size;
  });
}

scenario(
  'the tabs of the desk say their whole names and its bar has room, in every language and beside every stage',
  async (room) => {
    const { host } = await room.startClass({ viewport: { width: 1440, height: 900 } });
    const list = host.page.getByRole('tablist');
    for (const language of ['en', 'es', 'de', 'zh']) {
      await host.page.evaluate((locale) => localStorage.setItem('PARAGLIDE_LOCALE', locale), language);
      await host.page.reload();
      await host.page.locator(`html[lang^="${language}"]`).waitFor();
      await host.sees({ focus: 'overview' });
      for (const width of [1440, 1280, 1180, 1024, 390, 360]) {
        await host.page.setViewportSize({ width, height: 800 });
        expect(await rowsOfBar(host), `${language}, ${width}`).toBe(width > 1264 ? 1 : 2);
        if (!(await list.isVisible())) await host.page.locator('button.lesson').click();
        const names = await list.getByRole('tab').evaluateAll((tabs) =>
          tabs.map((tab) => {
            const words = tab.querySelector('span') ?? tab;
            const [inner, outer] = [words.getBoundingClientRect(), tab.getBoundingClientRect()];
            const range = document.createRange();
            range.selectNodeContents(words);
            const text = range.getBoundingClientRect();
            const isWhole =
              text.width <= inner.width + 1 && text.left >= outer.left && text.right <= outer.right;
            // A word stays in one piece: no more lines than words.
            const lines = new Set([...range.getClientRects()].map(({ top }) => top)).size;
            return isWhole && text.width > 10 && lines <= words.textContent.split(' ').length;
          }),
        );
        expect(names, `${language}, ${width}`).toEqual([true, true, true, true]);
      }
    }
  },
);
