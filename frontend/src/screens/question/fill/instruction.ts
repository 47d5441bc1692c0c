/** What to do with the numbers under the window, in one or two sentences for someone who does it by hand. */
import { m } from '../../../paraglide/messages.js';
import type { Op } from '../../../protocol/network';
import { exact, whole } from '../../../views/numbers';
import type { FillTask, Work } from './work';

export function instruction(op: Op, work: Work, task: FillTask): string {
  switch (op.type) {
    case 'conv':
      if (task.input !== null) return m.fill_do_link();
      return work.bias === null ? m.fill_do_products() : m.fill_do_conv();
    case 'maxPool':
      return m.fill_do_max();
    case 'averagePool':
      return m.fill_do_mean({ count: whole(work.divisor ?? 1) });
    case 'leakyRelu':
      return m.fill_do_leaky({ alpha: exact(op.alpha) });
    case 'clip':
      return m.fill_do_clip({ min: exact(op.min), max: exact(op.max) });
    default:
      return m.fill_do_relu();
  }
}
