// No layout breaks: on the smallest phone and one on its side, when words are long, and when a language is read from right to left.
import { expect } from 'vitest';

import { faults } from './faults';
import { speakPseudo, type Pseudo } from './pseudo';
import { scenario } from './scenario';
import { tour } from './tour';

interface Reading {
  who: string;
  viewport: { width: number; height: number };
  touch: boolean;
  language: Pseudo | null;
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
];

for (const { who, viewport, touch, language } of READINGS)
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
      const list = await faults(person.page, { touch });
      if (list.length > 0) found[name] = list;
    }
    expect(seen.size).toBeGreaterThan(35);
    expect(found).toEqual({});
  });
