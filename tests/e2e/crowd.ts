/** Students without a screen, as many as fill a class. */
import type { Command, Focus, Stage } from '../../frontend/src/protocol/classroom';
import { Member } from './member';
import type { View } from './person';
import type { Room } from './room';

export class Crowd {
  readonly members: readonly Member[];

  private constructor(members: Member[]) {
    this.members = members;
  }

  /** So many join; they leave with everyone else. */
  static async join(room: Room, code: string, count: number): Promise<Crowd> {
    const join = async () => {
      const member = await Member.join(room.server.address, code, { kind: 'new', role: 'student' });
      room.atClosing(() => member.leave());
      return member;
    };
    const members = await Promise.all(Array.from({ length: count }, join));
    return new Crowd(members);
  }

  /** One of them says something. Returns `done`, or why it was refused. */
  async says(i: number, command: Command): Promise<string> {
    return this.#member(i).says(command);
  }

  /** One of them goes to a layer. */
  async goesTo(i: number, layer: string): Promise<void> {
    await this.#member(i).goesTo(layer);
  }

  /** The cell that one of them was given last, counted from 0. */
  async cellOf(i: number): Promise<number> {
    const member = this.#member(i);
    await member.until('a cell', ({ seat }) => (seat?.cells.length ?? 0) > 0);
    return member.told.seat?.cells.at(-1)?.cell ?? -1;
  }

  /** Each waits for an open question and gives one answer. */
  async answer(choices: number[]): Promise<void> {
    const each = choices.map(async (choice, i) => {
      const member = this.#member(i);
      await member.until('an open question', ({ question }) => question?.phase === 'open');
      const { id, round } = member.told.question ?? { id: 0, round: 0 };
      return member.says({ type: 'answer', question: id, round, choice });
    });
    const said = await Promise.all(each);
    if (said.some((answer) => answer !== 'done')) throw new Error(`answers were refused: ${said.join()}`);
  }

  /** Waits until something was told to each of them. */
  async hear(what: string, isSo: Parameters<Member['until']>[1]): Promise<void> {
    await Promise.all(this.members.map((member) => member.until(what, isSo)));
  }

  /** Waits until the stage of each of them is this. */
  async sees(view: View): Promise<void> {
    await this.hear(`the stage ${JSON.stringify(view)}`, ({ stage }) => shows(stage, view));
  }

  /** All that was sent to any of them. */
  frames(): string[] {
    return this.members.flatMap(({ heard }) => heard);
  }

  #member(i: number): Member {
    const member = this.members[i];
    if (!member) throw new Error(`nobody is number ${i} of this crowd`);
    return member;
  }
}

/** As the explorer says it: what it is, then its parts in the order in which the protocol has them. */
const wordsOf = (focus: Focus): string => Object.values(focus).join(' ');

function shows(stage: Stage | undefined, { network, picture, focus, step }: View): boolean {
  if (!stage) return false;
  return (
    (network === undefined || stage.network === network) &&
    (picture === undefined || stage.picture === picture) &&
    (focus === undefined || wordsOf(stage.focus) === focus) &&
    (step === undefined || (stage.playback.kind === 'paused' && stage.playback.step === step))
  );
}
