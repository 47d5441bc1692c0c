/** What the server says about a network: its description, and its tensors as `f32`. */
import type { Description } from '../../frontend/src/protocol/network';

/** One network on a server with one picture going through it. */
export interface Run {
  server: string;
  network: Description;
  picture: string;
}

/** The description of a network; of the server's first one where no id is given. */
export async function describe(server: string, id?: string): Promise<Description> {
  const [first] = (await (await answer(`${server}/api/networks`)).json()) as { id: string }[];
  return (await (await answer(`${server}/api/networks/${id ?? first?.id ?? ''}`)).json()) as Description;
}

/** The activations of a layer, `[C, H, W]` or `[N]`, or those of one unit of it. */
export async function tensor({ server, network, picture }: Run, layer: string, unit?: number) {
  const path = [network.digest, picture, layer, ...(unit === undefined ? [] : [unit])].join('/');
  return new Float32Array(await (await answer(`${server}/api/tensors/${path}`)).arrayBuffer());
}

async function answer(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}
