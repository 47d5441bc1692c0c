/**
 * What the first picture of a screen needs, asked for while the screen itself is still on its way. What comes is kept where everyone asks
 * for it. Whoever needs it asks again, and is told what went wrong.
 */
import { findShown } from '../data/api';
import { decoder } from '../data/decoding';
import { loadEarly } from '../data/overviews';
import { sizeForWindow } from '../data/overviewSize';
import type { PictureId } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import type { Route } from '../router';
import type { ClassCode } from '../sync/code';
import { openEarly } from '../sync/socket';
import { chooseNetwork, firstStage } from './networks';

/** Asks for what a page will show. An address of a class that says more than which class it is shows something of its own. */
export function askEarly(route: Route, search: string): void {
  const { page } = route;
  const isClass = page === 'seat' || page === 'desk' || page === 'stage';
  if (!isClass && page !== 'explore') return;
  decoder.start();
  if (isClass) openEarly(route.code);
  const asking = isClass ? ofClass(search === '' ? route.code : null) : alone(new URLSearchParams(search));
  asking.catch(() => undefined);
}

async function alone(query: URLSearchParams): Promise<void> {
  const network = await chooseNetwork(query.get('network'), new AbortController().signal);
  if (network) load(network, query.get('picture') ?? firstStage(network).picture);
}

/** Most classes show the server's first network. */
async function ofClass(code: ClassCode | null): Promise<void> {
  const [shown, network] = await Promise.all([
    code === null ? null : findShown(code),
    chooseNetwork(null, new AbortController().signal),
  ]);
  if (network && shown?.network === network.id) load(network, shown.picture);
}

function load(network: Description, picture: PictureId): void {
  loadEarly(`/api/overviews/${network.digest}/${encodeURIComponent(picture)}/${sizeForWindow()}`, network);
}
