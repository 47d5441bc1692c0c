// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';

import type { Route } from '../router';
import { tinyVgg } from '../scene/sample';
import type { ClassCode } from '../sync/code';

const CODE = '7KQ2MX' as ClassCode;
const network = { ...tinyVgg(), gallery: [{ picture: 'p0', title: 'boat' }] };
const JSON_OF: Record<string, unknown> = {
  '/api/networks': [{ id: network.id, digest: network.digest, name: '', summary: '' }],
  [`/api/networks/${network.id}`]: network,
  [`/api/classes/${CODE}/shown`]: { network: network.id, picture: 'p3' },
};

/** What is asked for when a page is opened, in order. */
async function asked(route: Route, search = ''): Promise<string[]> {
  vi.resetModules();
  const paths: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    paths.push(path);
    return Promise.resolve(Response.json(JSON_OF[path] ?? {}));
  });
  vi.stubGlobal('WebSocket', function (address: string) {
    paths.push(new URL(address).pathname);
  });
  const { askEarly } = await import('./early');
  askEarly(route, search);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return paths;
}

afterEach(() => vi.unstubAllGlobals());

test('alone, everything up to the overview of the first picture, or of the one in the address', async () => {
  const described = ['/api/networks', `/api/networks/${network.id}`];
  const overviews = `/api/overviews/${network.digest}`;
  expect(await asked({ page: 'explore' })).toEqual([...described, `${overviews}/p0/full`]);
  expect(await asked({ page: 'explore' }, '?picture=p7')).toEqual([...described, `${overviews}/p7/full`]);
});

test('in a class its socket, the network and the overview of its picture, elsewhere nothing', async () => {
  expect(await asked({ page: 'seat', code: CODE })).toEqual([
    `/api/classes/${CODE}/socket`,
    `/api/classes/${CODE}/shown`,
    '/api/networks',
    `/api/networks/${network.id}`,
    `/api/overviews/${network.digest}/p3/full`,
  ]);
  // An own view, whose picture is another one.
  expect(await asked({ page: 'seat', code: CODE }, '?step=3')).not.toContain(`/api/classes/${CODE}/shown`);
  expect(await asked({ page: 'home' })).toEqual([]);
});

test('a server that does not answer is nobody’s problem yet', async () => {
  vi.resetModules();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  const { askEarly } = await import('./early');
  expect(() => askEarly({ page: 'explore' }, '')).not.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 20));
});
