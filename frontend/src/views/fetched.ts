/** Fetching what a view shows: while only the network is missing it is tried again by itself, and the view can say so. Not what is fetched. */
import { ApiError } from '../data/api';
import { later } from '../ui/later';

/** What fetches for a view. */
export interface Fetcher {
  /** Why what is wanted is not here; kept until it is, or until nobody wants it. */
  problem: ApiError | null;
}

/** What `attempt` fetches; `null` if that failed for another reason than the network, or if `signal` is aborted. Never rejects. */
export async function fetched<T>(
  fetcher: Fetcher,
  attempt: () => Promise<T>,
  signal: AbortSignal,
): Promise<T | null> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      const value = await attempt();
      if (signal.aborted) return null;
      fetcher.problem = null;
      return value;
    } catch (error) {
      if (signal.aborted) return null;
      fetcher.problem = asProblem(error);
      if (fetcher.problem.code !== 'offline') return null;
      await later(attempts, signal);
      if (signal.aborted) return null;
    }
  }
}

/** Any error as one with a code. */
export function asProblem(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 'unexpected', message, status: 0 });
}
