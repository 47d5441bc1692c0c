/** Views that students ask about or are lost at: their names, the one that is in sight, and their order by votes. */
import { m } from '../../paraglide/messages.js';
import type { Ask, Spot, Stage } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { stepAt } from '../../sync/playback';
import { viewTitle } from '../../views/title';

/** What a view is called, with the description of the network on the screen, if that is here. */
export function spotName(spot: Spot, network: Description | null): string {
  const known = network?.id === spot.network ? network : null;
  const name = viewTitle(spot.focus, known) ?? m.asks_overview();
  return known || !network ? name : `${spot.network} · ${name}`;
}

/** The view that `stage` shows at `now` of the class clock, and where its kernel stands. */
export function spotOf(stage: Stage, now: number): { spot: Spot; step: number } {
  const step = stepAt(stage.playback, now, Number.MAX_SAFE_INTEGER);
  return { spot: { network: stage.network, focus: stage.focus }, step };
}

/** What most would like to know comes first; among equals, what was asked first. */
export function byVotes(list: readonly Ask[]): Ask[] {
  return list.toSorted((a, b) => b.votes - a.votes || a.id - b.id);
}
