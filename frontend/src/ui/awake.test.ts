import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { stayAwake } from './awake';

/** A lock as browsers give it. */
class FakeLock {
  released = false;
  release = () => {
    this.released = true;
    return Promise.resolve();
  };
}

/** A page that can be hidden. */
class FakePage extends EventTarget {
  visibilityState = 'visible';

  show(state: 'visible' | 'hidden') {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakePage;
let locks: FakeLock[];
const request = vi.fn<() => Promise<FakeLock>>();

beforeEach(() => {
  page = new FakePage();
  locks = [];
  request.mockReset().mockImplementation(() => {
    const lock = new FakeLock();
    locks.push(lock);
    return Promise.resolve(lock);
  });
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
});
afterEach(() => void vi.unstubAllGlobals());

/** Lets everything that was promised happen. */
const settle = () => new Promise((resolve) => setTimeout(resolve));
const held = () => locks.filter(({ released }) => !released).length;

test('the screen stays on until it is enough', async () => {
  const end = stayAwake();
  await settle();
  expect(held()).toBe(1);
  expect(request).toHaveBeenCalledExactlyOnceWith('screen');
  end();
  expect(held()).toBe(0);
});

test('a page that is seen again asks again, once', async () => {
  const end = stayAwake();
  await settle();
  await locks[0]?.release();
  page.show('hidden');
  await settle();
  expect(held()).toBe(0);
  page.show('visible');
  page.show('visible');
  await settle();
  expect([held(), locks.length]).toEqual([1, 2]);
  page.show('visible');
  await settle();
  expect(locks.length).toBe(2);
  end();
  page.show('visible');
  await settle();
  expect([held(), locks.length]).toEqual([0, 2]);
});

test('a page that begins hidden waits until it is seen', async () => {
  page.visibilityState = 'hidden';
  const end = stayAwake();
  await settle();
  expect(request).not.toHaveBeenCalled();
  page.show('visible');
  await settle();
  expect(held()).toBe(1);
  end();
});

test('ended before the browser answered, nothing is kept', async () => {
  stayAwake()();
  await settle();
  expect([held(), locks.length]).toEqual([0, 1]);
});

test('a browser that refuses is asked again only when the page is seen again', async () => {
  request.mockRejectedValueOnce(new DOMException('battery', 'NotAllowedError'));
  const end = stayAwake();
  await settle();
  expect(held()).toBe(0);
  page.show('visible');
  await settle();
  expect(held()).toBe(1);
  end();
});

test('where there is no such thing, nothing happens', () => {
  vi.stubGlobal('navigator', {});
  expect(() => stayAwake()()).not.toThrow();
});
