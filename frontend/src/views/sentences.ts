/** What an operation does, in one sentence for people who meet it for the first time. */
import { m } from '../paraglide/messages.js';
import type { Layer } from '../protocol/network';
import { exact } from './numbers';

/** The sentence about a layer. */
export function opSentence({ op }: Layer): string {
  switch (op.type) {
    case 'input':
      return m.op_input_sentence();
    case 'conv':
      return m.op_conv_sentence({ rows: op.kernel[0], columns: op.kernel[1] });
    case 'relu':
      return m.op_relu_sentence();
    case 'leakyRelu':
      return m.op_leaky_relu_sentence({ alpha: exact(op.alpha) });
    case 'sigmoid':
      return m.op_sigmoid_sentence();
    case 'clip':
      return m.op_clip_sentence({ min: bound(op.min), max: bound(op.max) });
    case 'maxPool':
      return m.op_max_pool_sentence({ rows: op.kernel[0], columns: op.kernel[1] });
    case 'averagePool':
      return m.op_average_pool_sentence({ rows: op.kernel[0], columns: op.kernel[1] });
    case 'globalAveragePool':
      return m.op_global_average_pool_sentence();
    case 'batchNormalization':
      return m.op_batch_normalization_sentence();
    case 'flatten':
      return m.op_flatten_sentence();
    case 'dense':
      return m.op_dense_sentence();
    case 'dropout':
      return m.op_dropout_sentence();
    case 'softmax':
      return m.op_softmax_sentence();
  }
}

/** The highest 32-bit number, at which the description says that there is no bound. */
const HIGHEST = 2 ** 128 - 2 ** 104;

function bound(value: number): string {
  return exact(Math.abs(Math.fround(value)) < HIGHEST ? value : value * Infinity);
}
