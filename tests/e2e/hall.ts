/** A class as large as flows are tested with: a desk, a projector, an assistant and eight students, of whom two have a screen. */
import { expect } from 'vitest';
import type { BrowserContextOptions } from 'playwright-core';

import type { ServerMessage, TopicValue } from '../../frontend/src/protocol/classroom';
import { Crowd } from './crowd';
import { LAPTOP, PHONE, type Person, type View } from './person';
import type { Room } from './room';
import { scenario } from './scenario';

/** Students who are a socket: with a phone and a laptop a class of eight. */
const SOCKETS = 6;

interface Options {
  /** Further ones of the server. */
  server?: string[];
  /** What the assistant holds. */
  assistant?: BrowserContextOptions;
}

export class Hall {
  readonly room: Room;
  readonly code: string;
  readonly host: Person;
  readonly assistant: Person;
  readonly projector: Person;
  readonly phone: Person;
  readonly laptop: Person;
  readonly crowd: Crowd;

  private constructor(
    room: Room,
    { host, code }: { host: Person; code: string },
    [assistant, projector, phone, laptop]: [Person, Person, Person, Person],
    crowd: Crowd,
  ) {
    this.room = room;
    this.code = code;
    this.host = host;
    this.assistant = assistant;
    this.projector = projector;
    this.phone = phone;
    this.laptop = laptop;
    this.crowd = crowd;
  }

  /** All come. */
  static async open(room: Room, { assistant }: Options): Promise<Hall> {
    const begun = await room.startClass();
    const { host, code } = begun;
    const people = Promise.all([
      room.assistant(host, assistant),
      room.projector(code),
      room.join(code, PHONE),
      room.join(code, LAPTOP),
    ]);
    const [screens, crowd] = await Promise.all([people, Crowd.join(room, code, SOCKETS)]);
    const hall = new Hall(room, begun, screens, crowd);
    await hall.counts(SOCKETS + 2, SOCKETS + 2);
    return hall;
  }

  /** Everyone with a screen. */
  get screens(): Person[] {
    return [this.host, this.assistant, ...this.watching];
  }

  /** Everyone with a screen but the staff. */
  get watching(): Person[] {
    return [this.projector, this.phone, this.laptop];
  }

  /** Waits until everyone shows this, and those without a screen were told it. */
  async sees(view: View): Promise<void> {
    for (const person of this.screens) await person.sees(view);
    await this.crowd.sees(view);
  }

  /** Waits until the desk says that so many are here and follow. */
  async counts(here: number, follow: number): Promise<void> {
    await this.host.page.getByRole('button', { name: `${here} here, ${follow} follow` }).waitFor();
  }

  /** Every text that ever came to a student or a projector. */
  frames(): string[] {
    const watching = this.room.people.filter((person) => ![this.host, this.assistant].includes(person));
    return [...watching.flatMap(({ frames }) => frames), ...this.crowd.frames()];
  }
}

/** What came to one receiver, and what they are called. */
interface Heard {
  messages: ServerMessage[];
  names: Set<string>;
}

function heardBy(frames: readonly string[]): Heard {
  const messages = frames.map((text) => JSON.parse(text) as ServerMessage);
  const names = messages.flatMap((message) => {
    if (message.type === 'welcome') return [message.seat.name];
    return message.type === 'frame' && message.frame.topic === 'seat' ? [message.frame.value.name] : [];
  });
  return { messages, names: new Set(names) };
}

/**
 * Of everything that ever came to anyone on a socket: no student and no projector was told what only staff may see, what is not
 * revealed, or what another one is called.
 */
function expectDiscretion({ room, crowd }: Hall): void {
  const members = crowd.members.map(({ heard }) => heard);
  const all = [...room.people.map(({ frames }) => frames), ...members].map(heardBy);
  const names = new Set(all.flatMap((one) => [...one.names]));
  let looked = 0;
  for (const { messages, names: own } of all) {
    const others = [...names].filter((name) => name !== '' && !own.has(name));
    let watches = false;
    for (const message of messages) {
      if (message.type === 'welcome') watches = ['student', 'projector'].includes(message.seat.role);
      if (!watches) continue;
      looked += 1;
      const text = JSON.stringify(message);
      for (const secret of ['"notes"', ...others.map((name) => JSON.stringify(name))])
        expect(text).not.toContain(secret);
      if (message.type === 'frame') expect(told(message.frame), text).toEqual([]);
    }
  }
  expect(looked).toBeGreaterThan(0);
}

/** What a frame tells that only staff may know yet. */
function told({ topic, value }: TopicValue): unknown[] {
  switch (topic) {
    case 'script':
    case 'lost':
      return value === null ? [] : [value];
    case 'roster':
      return [...value.seats, ...value.whereabouts];
    case 'views':
      return value.offered;
    case 'question':
      return value === null || value.phase === 'revealed' || value.outcome === null ? [] : [value.outcome];
    default:
      return [];
  }
}

/** A scenario with a full class; at its end everything is looked at that was ever said to those who watch. */
export function lecture(name: string, run: (hall: Hall) => Promise<void>, options: Options = {}): void {
  scenario(
    name,
    async (room) => {
      const hall = await Hall.open(room, options);
      await run(hall);
      expectDiscretion(hall);
    },
    options.server,
  );
}
