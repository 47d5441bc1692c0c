// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';

import { tinyVgg } from '../scene/sample';

const network = { ...tinyVgg(), gallery: [{ picture: 'p0', title: 'boat' }] };
const JSON_OF: Record<string, unknown> = {
  '/api/networks': [{ id: network.id, digest: network.digest, name: '', summary: '' }],
  [`/api/networks/${network.id}`]: network,
};

/** What is asked for when a page is opened, in order. */
async function asked(page: 'explore' | 'seat' | 'home', search = ''): Promise<string[]> {
  vi.resetModules();
  const paths: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    paths.push(path);
    return Promise.resolve(Response.json(JSON_OF[path] ?? {}));
  });
  const { askEarly } = await import('./early');
  askEarly(page, search);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return paths;
}

afterEach(() => vi.unstubAllGlobals());

test('alone, everything up to the overview of the first picture, or of the one in the address', async () => {
  const described = ['/api/networks', `/api/networks/${network.id}`];
  const overviews = `/api/overviews/${network.digest}`;
  expect(await asked('explore')).toEqual([...described, `${overviews}/p0/full`]);
  expect(await asked('explore', '?picture=p7')).toEqual([...described, `${overviews}/p7/full`]);
});

test('in a class the network only, elsewhere nothing', async () => {
  expect(await asked('seat')).toEqual(['/api/networks', `/api/networks/${network.id}`]);
  expect(await asked('home')).toEqual([]);
});

test('a server that does not answer is nobody’s problem yet', async () => {
  vi.resetModules();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  const { askEarly } = await import('./early');
  expect(() => askEarly('explore', '')).not.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 20));
});
