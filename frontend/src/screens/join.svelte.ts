/** The addresses of this server as its screens learn them. Which of them are of use: see `join.ts`. */
import { listAddresses } from '../data/api';
import { joinOrigins } from './join';

/** The addresses of this server, asked for once. */
export class JoinAddresses {
  /** `null` until the server has answered. */
  origins = $state.raw<readonly string[] | null>(null);

  constructor() {
    // Without an answer the address of this page is still the best guess, unless it is `localhost`.
    listAddresses()
      .catch(() => [])
      .then((addresses) => (this.origins = joinOrigins(location, addresses)));
  }

  /** The best one, or `null` while it is not known or where there is none. */
  get best(): string | null {
    return this.origins?.[0] ?? null;
  }
}
