/** An overview that a test of the server's encoder wrote, for tests of what loads and decodes it. */
import type { Description } from '../protocol/network';
import golden from './overview.golden?raw';

const { description, cases } = JSON.parse(golden) as {
  description: Description;
  cases: [{ overview: string }];
};

export { description };

/** The bytes of hexadecimal digits. */
export function bytesOf(hexadecimal: string): ArrayBuffer {
  const pairs = hexadecimal.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)).buffer;
}

/** The answer of the server; a new copy each time, for what was sent to a worker may be gone from here. */
export function overviewBytes(): ArrayBuffer {
  return bytesOf(cases[0].overview);
}
