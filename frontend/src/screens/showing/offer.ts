/** What someone who explores sees, as they offer it to the class. Not how it is shown there. */
import type { StudentView, Stage } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { stepAt } from '../../sync/playback';
import { stepsOf } from '../../views/focus';

/** All that puts the stage of the class at `stage`; its kernel stands where it is at `now` of the class clock. */
export function viewToOffer(stage: Stage, network: Description, now: number): StudentView {
  const { picture, focus, playback, scale, detail, receptiveField, edit } = stage;
  const step = stepAt(playback, now, stepsOf(network, focus));
  return {
    network: stage.network,
    view: { picture, focus, step, rate: null, scale, detail, receptiveField, edit },
  };
}

/** Whether a picture came with the network: any other is somebody's own. */
export function isOfGallery({ gallery }: Description, picture: string): boolean {
  return gallery.some((each) => each.picture === picture);
}
