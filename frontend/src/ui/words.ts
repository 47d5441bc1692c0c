/** Words for what went wrong: every error says what happened and what to do. The only place where codes become sentences. */
import { ApiError } from '../data/api';
import { m } from '../paraglide/messages.js';
import type { Farewell, Rejection } from '../protocol/classroom';
import type { Outcome } from '../sync/commands';

const API: Readonly<Record<string, () => string>> = {
  offline: m.error_server_away,
  no_such_class: m.home_no_class,
  class_over: m.error_ended_title,
  too_many_wrong_codes: m.error_too_many_wrong_codes,
  too_many_requests: m.error_busy,
  too_many_classes: m.error_too_many_classes,
  busy: m.error_busy,
  restarting: m.error_restarting,
  no_such_picture: m.picture_gone,
  too_large: m.picture_too_large,
  too_slow: m.picture_too_slow,
  picture_heic: m.picture_heic,
  picture_empty: m.picture_empty,
  picture_too_many_bytes: m.picture_too_large,
  picture_too_many_pixels: m.picture_too_many_pixels,
  picture_unsupported_format: m.picture_unsupported,
  picture_unsupported_variant: m.picture_unsupported,
  picture_is_text: m.picture_is_text,
  picture_unknown_format: m.picture_unknown,
  picture_damaged: m.picture_damaged,
};

/** Words for a request that failed. */
export function apiWords(error: unknown): string {
  const words = error instanceof ApiError && Object.hasOwn(API, error.code) ? API[error.code] : undefined;
  return (words ?? m.error_unexpected)();
}

/** Refusals that only those hear who lead a question; their words come with the desk: see `screens/desk/questionWords`. */
export type LeadingRejection = 'badQuestion' | 'notAskable' | 'questionOpen' | 'noVote';

/** Refusals that only those hear who fill a map; their words come with it: see `screens/question/fill/filling`. */
type FillingRejection = 'unknownCell' | 'noCell';

const REJECTIONS: Readonly<Record<Exclude<Rejection, LeadingRejection | FillingRejection>, () => string>> = {
  ended: m.error_rejected_ended,
  unknownSeat: m.error_rejected_unknown_seat,
  notDriver: m.error_rejected_not_driver,
  notAllowed: m.error_rejected_not_allowed,
  unknownNetwork: m.error_rejected_unknown_network,
  unknownPicture: m.picture_gone,
  unknownLayer: m.error_rejected_unknown_view,
  unknownUnit: m.error_rejected_unknown_view,
  unknownLink: m.error_rejected_unknown_view,
  unknownClass: m.error_rejected_unknown_view,
  noOutput: m.error_rejected_no_output,
  badKernel: m.error_rejected_bad_kernel,
  unknownLesson: m.lesson_rejected_unknown,
  noLesson: m.lesson_rejected_none,
  unknownStep: m.lesson_rejected_step,
  otherNetwork: m.lesson_rejected_network,
  lessonFull: m.lesson_rejected_full,
  noSteps: m.error_rejected_no_steps,
  stepOutOfRange: m.error_rejected_step_out_of_range,
  unknownRate: m.error_rejected_unknown_rate,
  badText: m.error_rejected_bad_text,
  noQuestion: m.question_rejected_over,
  unknownAnswer: m.question_rejected_over,
  together: m.seat_together,
  paused: m.seat_paused,
  locked: m.home_locked,
  full: m.error_full_text,
  hostStays: m.error_rejected_host_stays,
  asksMuted: m.asks_muted,
  tooManyAsks: m.asks_rejected_too_many,
  asksFull: m.asks_rejected_full,
  unknownAsk: m.asks_rejected_unknown,
  ownAsk: m.asks_rejected_own,
  viewsFull: m.views_rejected_full,
  unknownView: m.views_rejected_unknown,
  busy: m.error_busy,
};

function known(reason: Rejection): reason is keyof typeof REJECTIONS {
  return Object.hasOwn(REJECTIONS, reason);
}

/** Words for a command that did not happen, or `null` when it did. */
export function outcomeWords(outcome: Outcome): string | null {
  switch (outcome.kind) {
    case 'done':
      return null;
    case 'rejected':
      // A server may have more reasons than this client knows; it sends words with each.
      return known(outcome.reason) ? REJECTIONS[outcome.reason]() : outcome.message;
    case 'unsent':
      return m.error_unsent();
    case 'unknown':
      return m.error_unknown();
  }
}

/** Title, text and what to do next for someone the server does not let in, or not any more. */
export interface Refusal {
  title: string;
  text: string;
  next: 'home' | 'retry' | 'reload';
}

const REFUSALS: Readonly<Partial<Record<Farewell, () => Refusal>>> = {
  ended: () => ({ title: m.error_ended_title(), text: m.error_ended_text(), next: 'home' }),
  deleted: () => ({ title: m.error_ended_title(), text: m.error_deleted_text(), next: 'home' }),
  removed: () => ({ title: m.error_removed_title(), text: m.error_removed_text(), next: 'home' }),
  locked: () => ({ title: m.error_locked_title(), text: m.error_locked_text(), next: 'retry' }),
  full: () => ({ title: m.error_full_title(), text: m.error_full_text(), next: 'retry' }),
  noSuchClass: () => ({ title: m.error_no_class_title(), text: m.home_no_class(), next: 'home' }),
  badCredential: () => ({ title: m.error_credential_title(), text: m.error_credential_text(), next: 'home' }),
  otherVersion: () => ({ title: m.error_version_title(), text: m.error_version_text(), next: 'reload' }),
};

/** Words for a goodbye. */
export function refusalWords(reason: Farewell): Refusal {
  const known = REFUSALS[reason];
  return known ? known() : { title: m.error_refused_title(), text: m.error_refused_text(), next: 'reload' };
}
