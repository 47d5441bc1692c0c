/** A test with a room of its own. */
import { expect, test } from 'vitest';

import { Room } from './room';
import { Server } from './server';

/**
 * A test in which nothing may go wrong on any page: no error on the console, no request to another origin. `options` are further ones
 * of the server.
 */
export function scenario(name: string, run: (room: Room) => Promise<void>, options?: string[]): void {
  test(name, async () => {
    const room = new Room(await Server.start(options));
    try {
      await run(room);
      expect(room.problems).toEqual([]);
    } catch (error) {
      await room.keepEvidence(name, error);
      throw error;
    } finally {
      await room.close();
    }
  });
}
