/**
 * What a step of a lesson shows, as rules R85 and R86 of the server have it. For those who learn alone, and to say whether a class is
 * still at its step; in a class it is the server that goes there.
 */
import type { Lesson, LessonView, Stage } from '../protocol/classroom';

/** The part of a lesson that decides what its steps show. */
export type Steps = Pick<Lesson, 'network' | 'picture' | 'steps'>;

/** The stage at a step, gone to at `now` (ms of the clock) from `stage`. */
export function stageAt(lesson: Steps, step: number, stage: Stage, now: number): Stage {
  const own = lesson.steps[step];
  const views = viewsTo(lesson, step);
  const [view] = views;
  const from: Stage =
    stage.network === lesson.network
      ? stage
      : {
          ...stage,
          network: lesson.network,
          picture: lesson.picture,
          focus: { kind: 'overview' },
          playback: { kind: 'paused', step: 0 },
          edit: null,
        };
  const next: Stage = {
    ...from,
    picture: last(views, 'picture') ?? from.picture,
    scale: last(views, 'scale') ?? from.scale,
    detail: last(views, 'detail') ?? from.detail,
    caption: own?.caption ?? null,
  };
  if (!view || (!own?.view && isSame(view.focus, from.focus))) return next;
  const playback: Stage['playback'] =
    view.rate === null
      ? { kind: 'paused', step: view.step }
      : { kind: 'playing', from: view.step, since: Math.max(0, Math.round(now)), rate: view.rate };
  return { ...next, focus: view.focus, playback, receptiveField: view.receptiveField, edit: view.edit };
}

/** Whether the stage still shows what a step is about. Where the kernel stands, and how large things are drawn, is a detail. */
export function isAt(lesson: Steps, step: number, stage: Stage): boolean {
  const there = stageAt(lesson, step, stage, 0);
  const part = ({ network, picture, focus, edit, caption }: Stage) => [
    network,
    picture,
    focus,
    edit,
    caption,
  ];
  return isSame(part(there), part(stage));
}

/** What the steps up to `step` show, the last one first. */
function viewsTo(lesson: Steps, step: number): LessonView[] {
  return lesson.steps
    .slice(0, step + 1)
    .reverse()
    .flatMap(({ view }) => (view ? [view] : []));
}

function last<K extends 'picture' | 'scale' | 'detail'>(
  views: readonly LessonView[],
  key: K,
): LessonView[K] | undefined {
  return views.find((view) => view[key] !== null)?.[key];
}

/** The same values, in whatever order they were written. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
}
