import { basename } from 'node:path';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes half a minute and more goes first, the longest before: begun last, one of them would run alone for as long. */
const LONG = [
  'layout',
  'views',
  'quality',
  'article',
  'questions',
  'exploring',
  'lab',
  'outages',
  'networks',
  'replay',
  'keyboard',
  'recovery',
  'door',
  'elastic',
  'lessons',
  'asks',
  'formulas',
  'filling',
  'overview',
];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.indexOf(basename(moduleId, '.test.ts'));
      return at < 0 ? LONG.length : at;
    };
    return Promise.resolve([...files].sort((a, b) => place(a) - place(b)));
  }
}

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    // Two files at a time, each with servers and a browser of its own: much of a test is waiting.
    maxWorkers: 2,
    // Files share a process and its browser; what they share else is in rooms, which are theirs alone.
    isolate: false,
    // Once more, and said so, where the machine did something else for seconds.
    retry: 1,
    sequence: { sequencer: LongestFirst },
    testTimeout: 180_000,
    hookTimeout: 30_000,
  },
});
