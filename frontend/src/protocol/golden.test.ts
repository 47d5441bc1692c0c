// The server's golden messages, read as this client reads them. Written by `backend/classroom/tests/golden`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { decodeServerMessage } from '../sync/decode';

const FOLDER = new URL('../../../tests/golden/', import.meta.url).pathname;
const files = readdirSync(FOLDER).filter((file) => file.startsWith('server-'));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function golden(file: string): Json[] {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Json[];
}

/** Every version of a message in which one field is missing or of a type that no field has. */
function* spoilt(value: Json): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const inner = Array.isArray(value) ? value[Number(key)] : value[key];
    const put = (replacement: Json | undefined): Json => {
      if (replacement !== undefined) return Object.assign(structuredClone(value), { [key]: replacement });
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    };
    if (!Array.isArray(value)) yield put(undefined);
    yield put([['neither']]);
    for (const worse of spoilt(inner ?? null)) yield put(worse);
  }
}

test('there are golden messages of every kind', () => {
  const types = files.flatMap(golden).map((message) => (message as { type: string }).type);
  expect([...new Set(types)].sort()).toEqual(['bye', 'done', 'frame', 'pong', 'rejected', 'welcome']);
});

describe.each(files)('%s', (file) => {
  test('every message is understood', () => {
    for (const message of golden(file)) expect(decodeServerMessage(JSON.stringify(message))).toEqual(message);
  });

  test('a field more changes nothing: a newer server may say more', () => {
    for (const message of golden(file)) {
      const more = Object.assign(structuredClone(message as object), { later: true });
      expect(decodeServerMessage(JSON.stringify(more))).toEqual(more);
    }
  });

  test('with a field missing or spoilt it is none', () => {
    for (const message of golden(file))
      for (const worse of spoilt(message)) {
        const text = JSON.stringify(worse);
        expect(decodeServerMessage(text), text).toBeNull();
      }
  });
});
