import { defineConfig } from 'vitest/config';

/** Pictures of every step of every lesson, to be looked at: `npm run walk`. Too many for each run of the tests. */
export default defineConfig({
  test: {
    include: ['*.walk.ts'],
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 30_000,
  },
});
