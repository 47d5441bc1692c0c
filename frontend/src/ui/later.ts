/** Waiting before something that failed for want of a network is tried again. */
import { backoff } from '../sync/backoff';

/** From this attempt on the wait grows no more: whoever looks at what is missing has it 2 s after the network is back. */
const LAST_ATTEMPT = 3;

/** The wait before attempt number `attempt` (from 0): over when the network is back, too, or when nobody waits any more. */
export function later(attempt: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, backoff(Math.min(attempt, LAST_ATTEMPT), Math.random()));
    addEventListener('online', end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
