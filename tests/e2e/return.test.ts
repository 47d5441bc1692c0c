// Two hundred students come back at once after a restart: the pages' own connection, without pages around it.
import { expect, test } from 'vitest';

import type { Credential } from '../../frontend/src/protocol/classroom';
import { Member } from './member';
import { Server } from './server';

const STUDENTS = 200;
/** How soon everyone has the right view, in ms. */
const BACK_MS = 10_000;
/** How long at least it takes from the tenth part of them to the ninth, in ms; at once they would be a fraction of that. */
const SPREAD_MS = 60;

/** Waits until a caption is shown to someone, and returns when that was. */
async function captionAt(member: Member, caption: string): Promise<number> {
  await member.until(caption, ({ stage }) => stage?.caption === caption);
  return performance.now();
}

test('two hundred students come back within ten seconds of a restart, not all at once, and see no error', async () => {
  const server = await Server.start();
  const members: Member[] = [];
  try {
    const opened = await fetch(`${server.address}/api/classes`, { method: 'POST' });
    const { code, hostSecret } = (await opened.json()) as { code: string; hostSecret: string };
    const come = async (credential: Credential) => {
      const member = await Member.join(server.address, code, credential);
      members.push(member);
      return member;
    };
    const host = await come({ kind: 'host', secret: hostSecret });
    const students = await Promise.all(
      Array.from({ length: STUDENTS }, () => come({ kind: 'new', role: 'student' })),
    );
    expect(await host.says({ type: 'setCaption', caption: 'Before' })).toBe('done');
    await Promise.all(members.map((member) => captionAt(member, 'Before')));
    const seats = students.map(({ seat }) => seat);

    await server.kill();
    await server.restart();
    const back = performance.now();
    for (const member of members) member.welcomedAt = 0;
    await host.until('a welcome', () => host.welcomedAt > 0);
    expect(await host.says({ type: 'setCaption', caption: 'After' })).toBe('done');
    const shown = await Promise.all(members.map((member) => captionAt(member, 'After')));

    expect(Math.max(...shown) - back).toBeLessThan(BACK_MS);
    expect(students.map(({ seat }) => seat)).toEqual(seats);
    expect(members.flatMap(({ errors }) => errors)).toEqual([]);
    const arrivals = students.map(({ welcomedAt }) => welcomedAt).sort((a, b) => a - b);
    const [early = 0, late = 0] = [0.1, 0.9].map((part) => arrivals[part * STUDENTS]);
    expect(late - early).toBeGreaterThan(SPREAD_MS);
  } finally {
    for (const member of members) member.leave();
    await server.stop();
  }
});
