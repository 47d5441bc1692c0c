// Node does not run TypeScript everywhere yet; Vite does.
import { runnerImport } from 'vite';

const { module } = await runnerImport(new URL('main.ts', import.meta.url).pathname, { logLevel: 'warn' });
await module.main(process.argv.slice(2));
