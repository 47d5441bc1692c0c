/**
 * Recordings of classes as files: from text to a recording, or to what is wrong with it. A file may come from anywhere, so nothing in it
 * is believed before it was looked at. Not what a recording shows at a moment: see `screens/replay/film.ts`.
 */
import { RECORDING_VERSION, type Recording } from '../protocol/classroom';
import type { ClassCode } from '../sync/code';
import {
  isCount,
  isLesson,
  isListOf,
  isOneOf,
  isOrNull,
  isPlayback,
  isQuestion,
  isCells,
  isRounds,
  isShape,
  isStage,
  isTask,
  isText,
  isVariant,
  type Check,
} from '../sync/decode';
import { ofHost, request } from './api';
import { isShowable } from './showable';

/** Largest file, in bytes: as large as the server writes any. */
export const RECORDING_BYTES = 64 * 1024 * 1024;

/** Why a file cannot be opened. */
export type RecordingFault = 'unreadable' | 'other' | 'newer' | 'tooLarge';

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly fault: RecordingFault;

  constructor(fault: RecordingFault) {
    super(fault);
    this.fault = fault;
  }
}

const isDigest: Check = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/u.test(value);

const isSeenStage: Check = (value) => isStage(value) && isShape({ picture: isDigest })(value);

const isRecordedQuestion = isShape({
  id: isCount,
  minute: isCount,
  network: isText,
  task: isTask,
  text: isOrNull(isText),
  key: isListOf(isCount),
  why: isOrNull(isText),
  rounds: isRounds,
  cells: isCells,
});

const isMoment = isShape({
  at: isCount,
  seen: isVariant('topic', {
    stage: { value: isSeenStage },
    playback: { value: isPlayback },
    lesson: { value: isLesson },
    question: { value: isOrNull(isQuestion) },
    answered: { value: isCount },
  }),
});

const isRecording = isShape({
  kind: isOneOf('convocation-recording'),
  version: isCount,
  openedAt: isCount,
  length: isCount,
  networks: isListOf(isShape({ id: isText, digest: isOrNull(isDigest) })),
  questions: isListOf(isRecordedQuestion),
  moments: isListOf(isMoment),
  pictures: isListOf(isShape({ picture: isDigest, png: isText })),
}) as (value: unknown) => value is Recording;

/** The recording in the text of a file. Throws `RecordingError`. */
export function decodeRecording(text: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What was cut off still says what it was.
    throw new RecordingError(text.includes('"convocation-recording"') ? 'unreadable' : 'other');
  }
  if (!isShape({ kind: isOneOf('convocation-recording'), version: isCount })(value))
    throw new RecordingError('other');
  if ((value as Recording).version > RECORDING_VERSION) throw new RecordingError('newer');
  if (!isRecording(value) || !isShowable(value)) throw new RecordingError('unreadable');
  return value;
}

/** The recording in a file. Throws `RecordingError`. */
export async function readRecordingFile(file: Blob): Promise<Recording> {
  if (file.size > RECORDING_BYTES) throw new RecordingError('tooLarge');
  let text: string;
  try {
    text = await file.text();
  } catch {
    throw new RecordingError('unreadable');
  }
  return decodeRecording(text);
}

/** The file of the recording of a class, for whoever has the host's secret. */
export async function fetchRecording(code: ClassCode, secret: string, signal: AbortSignal): Promise<Blob> {
  const response = await request(`/api/classes/${code}/recording`, { headers: ofHost(secret), signal });
  return response.blob();
}
