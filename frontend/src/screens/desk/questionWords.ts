/** Asking for what concerns a question, with words for the refusals that only its driver hears. */
import { m } from '../../paraglide/messages.js';
import type { Command } from '../../protocol/classroom';
import type { ClassStore } from '../../sync/class.svelte';
import { toasts } from '../../ui/toasts.svelte';
import { outcomeWords, type LeadingRejection } from '../../ui/words';

const REJECTIONS: Readonly<Record<LeadingRejection, () => string>> = {
  badQuestion: m.question_rejected_bad,
  notAskable: m.question_rejected_not_askable,
  questionOpen: m.question_rejected_open,
  noVote: m.question_rejected_no_vote,
};

const isLeading = (reason: string): reason is LeadingRejection => Object.hasOwn(REJECTIONS, reason);

/** Asks for something and says so when it does not happen. Returns whether it did. */
export async function lead(store: ClassStore, command: Command): Promise<boolean> {
  const outcome = await store.send(command);
  const words =
    outcome.kind === 'rejected' && isLeading(outcome.reason)
      ? REJECTIONS[outcome.reason]()
      : outcomeWords(outcome);
  if (words) toasts.show(words, 'bad');
  return words === null;
}
