import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import { articles } from './build/article.ts';
import { formulas } from './build/formula.ts';
import { SCREENS, words } from './build/words.ts';
import { worker } from './build/worker.ts';
import project from './project.inlang/settings.json' with { type: 'json' };

// The server that `npm run dev` passes requests on to.
const backend = 'http://127.0.0.1:8080';

const messages = paraglideVitePlugin({
  project: './project.inlang',
  outdir: './src/paraglide',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
});

/**
 * What is loaded together is one file, where each of fifty small ones would bring headers of its own and wait for one of six lines.
 * Whatever a group needs and none before it has is part of it. The server names these files ahead (`backend/server/src/ahead.rs`).
 */
const groups = [
  { name: 'base', tags: ['$initial' as const], priority: 3 },
  { name: 'explorer', test: /src\/views\/Explorer\.svelte$/u, priority: 2 },
  { name: 'seat', test: /src\/screens\/Seat\.svelte$/u, priority: 1 },
  { name: 'explore', test: /src\/screens\/Explore\.svelte$/u, priority: 0 },
];

export default defineConfig({
  // Tests use the messages that `npm run messages` compiled: the plugin's watcher would keep them from ending.
  plugins: [
    svelte(),
    formulas(),
    articles(new URL('../', import.meta.url).pathname),
    words({
      folder: new URL('src/paraglide', import.meta.url).pathname,
      locales: project.locales,
      screens: SCREENS,
      always: ['app_load_failed', 'app_retry'],
    }),
    worker({ entry: new URL('src/offline/worker.ts', import.meta.url).pathname, locales: project.locales }),
    ...(process.env['VITEST'] ? [] : [messages]),
  ],
  // Inlined assets would need `data:` in the Content-Security-Policy; preload code would need an inline script.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': { target: backend, ws: true, changeOrigin: true } } },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  // Files share a process: none leaves behind what it changed, and what all import is loaded once.
  test: { include: ['{src,build}/**/*.test.ts'], environment: 'node', isolate: false, testTimeout: 30_000 },
});
