import { expect, test } from 'vitest';

import { Keyring } from './keyring';

function keyring(code = 'ABC234', kept = new Map<string, string>()): Keyring {
  return new Keyring(code, {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
}

test('a newcomer joins as student, at a projector as projector, and at a desk not at all', () => {
  const keys = keyring();
  expect(keys.credential('seat')).toEqual({ kind: 'new', role: 'student' });
  expect(keys.credential('stage')).toEqual({ kind: 'new', role: 'projector' });
  expect(keys.credential('desk')).toBeNull();
});

test('a phone in a rehearsal has a seat of its own, and takes nobody else’s away', () => {
  const keys = keyring();
  keys.open('#h');
  keys.put('seat', 'mine');
  expect(keys.credential('rehearsal')).toEqual({ kind: 'new', role: 'student' });
  keys.put('rehearsal', 'phone');
  keys.put('rehearsalSeat', '4');
  expect(keys.credential('rehearsal')).toEqual({ kind: 'token', token: 'phone' });
  keys.bar('rehearsal');
  expect(keys.credential('rehearsal')).toBeNull();
  expect(keys.credential('desk')).toEqual({ kind: 'host', secret: 'h' });
  expect(keys.credential('seat')).toEqual({ kind: 'token', token: 'mine' });
  keys.leave();
  expect([keys.get('rehearsal'), keys.get('rehearsalSeat')]).toEqual([null, null]);
});

test("the host's link opens the desk, also when an assistant's seat was had before", () => {
  const keys = keyring();
  keys.open('#assistant:a');
  keys.put('desk', 'token');
  keys.open('#h');
  expect(keys.credential('desk')).toEqual({ kind: 'host', secret: 'h' });
  expect(keys.fragment('host')).toBe('h');
});

test("the assistants' link gives one seat, however often it is opened", () => {
  const keys = keyring();
  keys.open('assistant:a');
  expect(keys.credential('desk')).toEqual({ kind: 'assistant', secret: 'a' });
  keys.put('desk', 'token');
  keys.open('assistant:a');
  expect(keys.credential('desk')).toEqual({ kind: 'token', token: 'token' });
  keys.open('assistant:b');
  expect(keys.credential('desk')).toEqual({ kind: 'assistant', secret: 'b' });
  expect(keys.fragment('assistant')).toBe('assistant:b');
});

test('an address without a fragment keeps what is there', () => {
  const keys = keyring();
  keys.open('#h');
  keys.open('');
  expect(keys.credential('desk')).toEqual({ kind: 'host', secret: 'h' });
});

test('classes do not share keys, screens do not share seats, and forgetting is complete', () => {
  const kept = new Map<string, string>();
  const one = keyring('ABC234', kept);
  const other = keyring('XYZ789', kept);
  one.put('seat', 't');
  one.open('#h');
  expect(one.credential('stage')).toEqual({ kind: 'new', role: 'projector' });
  expect(other.credential('seat')).toEqual({ kind: 'new', role: 'student' });
  other.put('seat', 'u');
  one.forget();
  expect([...kept.keys()].filter((key) => key.includes(':ABC234:'))).toEqual([]);
  expect([...kept.values()]).toContain('u');
});

test('of a class that is over the key to what is left of it stays', () => {
  const kept = new Map<string, string>();
  const keys = keyring('ABC234', kept);
  keys.put('seat', 't');
  keys.open('assistant:a');
  keys.open('#h');
  keys.leave();
  expect([...kept.keys()].filter((key) => key.includes(':ABC234:'))).toEqual([
    'convocation:ABC234:hostSecret',
  ]);
});

test('the class hosted last is remembered as long as its key is', () => {
  const kept = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  expect(Keyring.lastHosted(shelf)).toBeNull();
  const keys = new Keyring('ABC234', shelf);
  keys.open('assistant:a');
  expect(Keyring.lastHosted(shelf)).toBeNull();
  keys.open('h');
  expect(Keyring.lastHosted(shelf)).toBe('ABC234');
  keys.forget();
  expect(Keyring.lastHosted(shelf)).toBeNull();
});
