/**
 * What the first picture of a screen needs, asked for while the screen itself is still on its way. The network's description is kept where
 * everyone asks for it, the overview by the browser. Whoever needs them asks again, and is told what went wrong.
 */
import { sizeForWindow } from '../data/overviewSize';
import type { Route } from '../router';
import { chooseNetwork, firstStage } from './networks';

/** Asks for what a page will show. A class mostly shows the server's first network; with which picture, its socket tells. */
export function askEarly(page: Route['page'], search: string): void {
  const isClass = page === 'seat' || page === 'desk' || page === 'stage';
  if (page === 'explore') void overview(new URLSearchParams(search)).catch(() => undefined);
  else if (isClass) void chooseNetwork(null, new AbortController().signal).catch(() => undefined);
}

async function overview(query: URLSearchParams): Promise<void> {
  const network = await chooseNetwork(query.get('network'), new AbortController().signal);
  if (!network) return;
  const picture = query.get('picture') ?? firstStage(network).picture;
  await fetch(`/api/overviews/${network.digest}/${encodeURIComponent(picture)}/${sizeForWindow()}`);
}
