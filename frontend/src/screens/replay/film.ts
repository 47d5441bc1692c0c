/**
 * A recording as it is watched: what everyone saw at a moment, what the timeline marks, and where nothing happens. Pure; where the replay
 * is at is the matter of `tape.svelte.ts`.
 */
import type {
  LessonPlace,
  Playback,
  Question,
  Recording,
  ReportedQuestion,
  Stage,
} from '../../protocol/classroom';

/** What everyone saw from a moment on. */
export interface Scene {
  /** Ms since the class was opened. */
  at: number;
  stage: Stage;
  lesson: LessonPlace | null;
  question: Question | null;
}

/** A place of the timeline that is worth going to. */
export type Mark = { at: number } & (
  | { kind: 'beginning' }
  | { kind: 'step'; place: LessonPlace; step: number; caption: string | null }
  | { kind: 'question'; question: ReportedQuestion }
);

/** How long what is new is looked at before it counts as silence, in ms: two lines of a caption are read. */
export const READ_MS = 6000;
/** How long before something happens a silence ends, in ms. */
export const LEAD_MS = 1500;
/** The shortest silence that is worth skipping, in ms. */
export const SILENCE_MS = 3000;

export class Film {
  readonly recording: Recording;
  readonly length: number;
  /** One for each time at which something became another, in order; the first at 0. */
  readonly scenes: readonly Scene[];
  readonly marks: readonly Mark[];
  readonly #questions: ReadonlyMap<number, ReportedQuestion>;
  readonly #revealed: ReadonlySet<number>;

  constructor(recording: Recording) {
    this.recording = recording;
    this.length = recording.length;
    this.#questions = new Map(recording.questions.map((question) => [question.id, question]));
    this.scenes = scenesOf(recording);
    const shown = this.scenes.flatMap(({ question }) => (question?.phase === 'revealed' ? question.id : []));
    this.#revealed = new Set(shown);
    this.marks = marksOf(this.scenes, this.#questions);
  }

  /** What was asked, with counts; with what is right where the class was shown it. */
  question(id: number): ReportedQuestion | null {
    return this.#questions.get(id) ?? null;
  }

  /** Whether the class was ever shown what is right. */
  wasRevealed(id: number): boolean {
    return this.#revealed.has(id);
  }

  /** What everyone saw at a time. */
  at(time: number): Scene {
    const scene = this.scenes[this.#index(time)];
    if (!scene) throw new Error('a film has a first scene');
    return scene;
  }

  /** When something becomes another after a time, or `null`. */
  after(time: number): number | null {
    return this.scenes[this.#index(time) + 1]?.at ?? null;
  }

  /** The first question that came before the class in the time from `from`, exclusive, to `to`. */
  asked(from: number, to: number): Mark | null {
    return this.marks.find(({ kind, at }) => kind === 'question' && at > from && at <= to) ?? null;
  }

  /**
   * When the silence ends in which nothing happens at `time`; `null` where something does. `steps` says how many the open unit has, for
   * while a kernel moves it is no silence. That more of the class have answered is not worth waiting for.
   */
  silence(time: number, steps: number): number | null {
    const begun = this.#index(time);
    let index = begun;
    while (index > 0 && isCount(this.scenes[index - 1], this.scenes[index])) index -= 1;
    const scene = this.scenes[index];
    let next = begun + 1;
    while (next < this.scenes.length && isCount(this.scenes[next - 1], this.scenes[next])) next += 1;
    const quiet = Math.max((scene?.at ?? 0) + READ_MS, scene ? stands(scene.stage.playback, steps) : 0);
    const end = (this.scenes[next]?.at ?? this.length) - LEAD_MS;
    return time >= quiet && end - time >= SILENCE_MS ? end : null;
  }

  /** The last scene that is not later than `time`. */
  #index(time: number): number {
    let [low, high] = [0, this.scenes.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.scenes[middle]?.at ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Whether two scenes differ only in how many have answered. */
function isCount(before: Scene | undefined, scene: Scene | undefined): boolean {
  return (
    before !== undefined &&
    scene !== undefined &&
    before.stage === scene.stage &&
    before.lesson === scene.lesson &&
    before.question?.phase === scene.question?.phase &&
    before.question?.id === scene.question?.id &&
    before.question?.round === scene.question?.round
  );
}

/** When a kernel stands, on the clock of the class; 0 where it does not move. */
function stands(playback: Playback, steps: number): number {
  if (playback.kind === 'paused') return 0;
  return playback.since + (Math.max(steps - 1 - playback.from, 0) * 1000) / playback.rate;
}

function scenesOf({ moments }: Recording): Scene[] {
  const scenes: Scene[] = [];
  let now: Scene | null = null;
  for (const { at, seen } of moments) {
    const scene: Scene | null = changed(now, at, seen);
    if (!scene) continue;
    if (now?.at === at) scenes.pop();
    scenes.push(scene);
    now = scene;
  }
  return scenes;
}

function changed(now: Scene | null, at: number, seen: Recording['moments'][number]['seen']): Scene | null {
  if (seen.topic === 'stage')
    return { at, stage: seen.value, lesson: now?.lesson ?? null, question: now?.question ?? null };
  if (!now) return null;
  switch (seen.topic) {
    case 'playback':
      return { ...now, at, stage: { ...now.stage, playback: seen.value } };
    case 'lesson':
      return { ...now, at, lesson: seen.value };
    case 'question':
      return { ...now, at, question: seen.value };
    case 'answered':
      return now.question ? { ...now, at, question: { ...now.question, answered: seen.value } } : null;
  }
}

function marksOf(scenes: readonly Scene[], questions: ReadonlyMap<number, ReportedQuestion>): Mark[] {
  const marks: Mark[] = [{ at: 0, kind: 'beginning' }];
  const asked = new Set<number>();
  let before = null as LessonPlace | null;
  for (const { at, lesson, question, stage } of scenes) {
    const isNew = lesson?.step !== before?.step || lesson?.title !== before?.title;
    if (lesson && lesson.step !== null && isNew)
      marks.push({ at, kind: 'step', place: lesson, step: lesson.step, caption: stage.caption });
    before = lesson;
    const record = question && questions.get(question.id);
    if (!record || asked.has(record.id)) continue;
    asked.add(record.id);
    marks.push({ at, kind: 'question', question: record });
  }
  return marks;
}
