import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    // Two files at a time, each with servers and a browser of its own: much of a test is waiting.
    maxWorkers: 2,
    // Once more, and said so, where the machine did something else for seconds.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 30_000,
  },
});
