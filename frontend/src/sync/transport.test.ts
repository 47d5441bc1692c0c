import { expect, test } from 'vitest';

import { FakeServer } from './testing';
import { loaded, type OpenTransport } from './transport';

const PING = { type: 'ping', sent: 1 } as const;

function enter(load: () => Promise<OpenTransport>) {
  const told: string[] = [];
  const transport = loaded(load)({
    open: () => void told.push('open'),
    message: (text) => void told.push(text),
    closed: () => void told.push('closed'),
  });
  return { told, transport };
}

test('a transport that is loaded is a transport as soon as it is there', async () => {
  const server = new FakeServer();
  const { told, transport } = enter(() => Promise.resolve(server.open));
  transport.send(PING);
  await Promise.resolve();
  server.last.open();
  server.last.sayText('hi');
  transport.send(PING);
  expect(told).toEqual(['open', 'hi']);
  expect(server.last.heard).toEqual([PING]);
});

test('one that cannot be loaded is closed, one that was closed meanwhile is never opened', async () => {
  const { told } = enter(() => Promise.reject(new Error('away')));
  await new Promise((next) => setTimeout(next));
  expect(told).toEqual(['closed']);
  const server = new FakeServer();
  const late = enter(() => Promise.resolve(server.open));
  late.transport.close();
  await new Promise((next) => setTimeout(next));
  expect(server.links).toEqual([]);
  expect(late.told).toEqual([]);
});
