/** From the desk to a view that a student asked about or was lost at: what the driver sends to get there. */
import type { Command, Spot, Stage } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { stepsOf } from '../../views/focus';

/** The commands that put a view on the stage, in order; a network that comes to the stage is shown with the picture that is there. */
export function commandsTo(spot: Spot, step: number, stage: Stage, network: Description | null): Command[] {
  const isHere = spot.network === stage.network;
  const known = network?.id === spot.network ? network : null;
  // Where the steps are not known, those above the first prove that there are some.
  const hasSteps = known ? stepsOf(known, spot.focus) > 1 : step > 0;
  return [
    ...(isHere
      ? []
      : [{ type: 'chooseNetwork', network: spot.network, picture: stage.picture } satisfies Command]),
    { type: 'focus', focus: spot.focus },
    ...(hasSteps ? [{ type: 'step', step } satisfies Command] : []),
  ];
}
