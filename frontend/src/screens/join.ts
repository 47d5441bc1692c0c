/** Under which address people in the room reach this server. */
import type { ClassCode } from '../sync/code';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/u;

/**
 * The origins under which others reach the server that this page came from at `location`, best first, given the ones it says it has.
 * Whoever opened the page over the network already has an address that works; `localhost` works for nobody else.
 */
export function joinOrigins(
  location: Pick<URL, 'origin' | 'hostname'>,
  addresses: readonly string[],
): string[] {
  const others = addresses.filter((address) => !LOOPBACK.test(new URL(address).hostname));
  return LOOPBACK.test(location.hostname)
    ? others
    : [location.origin, ...others.filter((it) => it !== location.origin)];
}

/** An origin as it is typed: `http` goes without saying, and `https` does not where the port is another than browsers take. */
export function typedOrigin(origin: string): string {
  return origin.replace(/^http:\/\//u, '');
}

/** The address to join a class at. */
export function joinAddress(origin: string, code: ClassCode): string {
  return `${origin}/c/${code}`;
}
