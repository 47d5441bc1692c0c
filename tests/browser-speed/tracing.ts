/** Chromium's own record of frames: which ones the compositor put on the screen, and when. */
import type { CDPSession } from 'playwright-core';

import type { Frame } from './probe';

/** An event of Chromium's trace; times in µs. */
interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  pid: number;
  tid: number;
  id2?: { local?: string };
  id?: string;
  args: { frame_reporter?: { state: string; frame_sequence: number } };
}

/** One attempt to show a frame. Times are in ms since the navigation began. */
interface Attempt {
  began: number;
  ended: number;
  sequence: number;
  state: string;
}

/** How exactly a page is told when a frame was asked for, in ms. */
const ROUNDING_MS = 1;

/** What the compositor did for one page. */
export class Presented {
  readonly #attempts: readonly Attempt[];
  readonly #draws: readonly number[];
  readonly #moves: readonly number[];

  /**
   * `draws`: when the display was drawn anew, with whatever had changed on the page or on a canvas of a worker. `moves`: when workers made a
   * frame of what moves.
   */
  constructor(attempts: readonly Attempt[], draws: readonly number[], moves: readonly number[]) {
    this.#attempts = [...attempts].sort((a, b) => a.ended - b.ended);
    this.#draws = draws;
    this.#moves = moves;
  }

  /** When the screen showed a frame of the main thread: with the first one that the compositor was asked for no earlier and showed whole. */
  shown(frame: Frame | undefined): number {
    const asked = (frame?.asked ?? NaN) - ROUNDING_MS;
    const whole = this.#attempts.find(
      ({ state, began }) => state === 'STATE_PRESENTED_ALL' && began >= asked,
    );
    return whole?.ended ?? NaN;
  }

  /** Frames per second while something moves between two times: how often the display was drawn from the first frame of a worker to its last. */
  moving(from: number, to: number): number {
    const moves = this.#moves.filter((at) => at >= from && at < to);
    const [begin, end] = [moves[0] ?? NaN, moves.at(-1) ?? NaN];
    return (this.#draws.filter((at) => at > begin && at <= end).length * 1000) / (end - begin);
  }

  /** Frames per second between two times: those of the display less those that it dropped. */
  rate(from: number, to: number): number {
    const delivered = new Map<number, boolean>();
    for (const { began, sequence, state } of this.#attempts)
      if (began >= from && began < to)
        delivered.set(sequence, delivered.get(sequence) === true || state !== 'STATE_DROPPED');
    return ([...delivered.values()].filter(Boolean).length * 1000) / (to - from);
  }
}

/** Records frames until the returned function is called. */
export async function record(session: CDPSession): Promise<() => Promise<Presented>> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['benchmark', 'blink.user_timing', 'devtools.timeline'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    return presented(events);
  };
}

function presented(events: readonly TraceEvent[]): Presented {
  // The probe marks when it saw a frame painted, in the page's own time: that tells the process and where its clock began.
  const mark = events.find(({ name }) => name.startsWith('painted '));
  if (!mark) throw new Error('the trace has no frame of the page');
  const origin = mark.ts / 1000 - Number(mark.name.slice('painted '.length));
  const open = new Map<string, TraceEvent>();
  const attempts: Attempt[] = [];
  const draws = events.filter(({ name, ph }) => name === 'Graphics.Pipeline.DrawAndSwap' && ph === 'b');
  for (const event of events) {
    if (event.name !== 'PipelineReporter' || event.pid !== mark.pid) continue;
    const id = event.id2?.local ?? event.id ?? '';
    if (event.ph === 'b') open.set(id, event);
    const begin = event.ph === 'e' ? open.get(id) : undefined;
    const reporter = begin?.args.frame_reporter;
    if (!begin || !reporter) continue;
    open.delete(id);
    attempts.push({
      began: begin.ts / 1000 - origin,
      ended: event.ts / 1000 - origin,
      sequence: reporter.frame_sequence,
      state: reporter.state,
    });
  }
  const moves = events.filter(
    ({ name, pid, tid }) => name === 'FireAnimationFrame' && pid === mark.pid && tid !== mark.tid,
  );
  const times = (list: readonly TraceEvent[]) => list.map(({ ts }) => ts / 1000 - origin);
  return new Presented(attempts, times(draws), times(moves));
}
