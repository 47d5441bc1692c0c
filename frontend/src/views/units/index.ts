/** All operations: a new one is a file beside this, a line here, and a name in `names.ts`. */
import type { Op } from '../../protocol/network';
import AveragePooling, {
  operation as averagePool,
  globalOperation as globalAveragePool,
} from './AveragePooling.svelte';
import Clip, { operation as clip } from './Clip.svelte';
import Convolution, { operation as conv } from './Convolution.svelte';
import Dense, { operation as dense } from './Dense.svelte';
import Flatten, { operation as flatten } from './Flatten.svelte';
import Input, { operation as input } from './Input.svelte';
import LeakyRelu, { operation as leakyRelu } from './LeakyRelu.svelte';
import MaxPooling, { operation as maxPool } from './MaxPooling.svelte';
import Normalization, { operation as batchNormalization } from './Normalization.svelte';
import PassThrough, { operation as dropout } from './PassThrough.svelte';
import Relu, { operation as relu } from './Relu.svelte';
import Sigmoid, { operation as sigmoid } from './Sigmoid.svelte';
import Softmax, { operation as softmax } from './Softmax.svelte';
import type { Operation, UnitComponent } from './unit';

type Explained<T extends Op['type']> = Operation<T> & { View: UnitComponent };

const operations: { [T in Op['type']]: Explained<T> } = {
  input: { ...input, View: Input },
  conv: { ...conv, View: Convolution },
  relu: { ...relu, View: Relu },
  leakyRelu: { ...leakyRelu, View: LeakyRelu },
  sigmoid: { ...sigmoid, View: Sigmoid },
  clip: { ...clip, View: Clip },
  maxPool: { ...maxPool, View: MaxPooling },
  averagePool: { ...averagePool, View: AveragePooling },
  globalAveragePool: { ...globalAveragePool, View: AveragePooling },
  batchNormalization: { ...batchNormalization, View: Normalization },
  flatten: { ...flatten, View: Flatten },
  dense: { ...dense, View: Dense },
  dropout: { ...dropout, View: PassThrough },
  softmax: { ...softmax, View: Softmax },
};

/** What there is to show and to say about an operation. */
export function operationOf(op: Op): Explained<Op['type']> {
  return operations[op.type];
}
