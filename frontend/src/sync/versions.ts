import type { Versions } from '../protocol/classroom';

/** What a screen has that has seen nothing yet: version 0 of every topic. */
export const NOTHING_SEEN: Versions = {
  stage: 0,
  pace: 0,
  room: 0,
  lesson: 0,
  script: 0,
  roster: 0,
  pointer: 0,
  question: 0,
  seat: 0,
  asks: 0,
  lost: 0,
  views: 0,
};
