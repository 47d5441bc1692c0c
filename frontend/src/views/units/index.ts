/** Which view explains which operation. */
import type { Op } from '../../protocol/network';
import AveragePooling from './AveragePooling.svelte';
import Convolution from './Convolution.svelte';
import Dense from './Dense.svelte';
import Elementwise from './Elementwise.svelte';
import Flatten from './Flatten.svelte';
import Input from './Input.svelte';
import MaxPooling from './MaxPooling.svelte';
import Normalization from './Normalization.svelte';
import PassThrough from './PassThrough.svelte';
import Relu from './Relu.svelte';
import Softmax from './Softmax.svelte';
import type { UnitComponent } from './unit';

/** The view of each operation. */
export const unitViews: Record<Op['type'], UnitComponent> = {
  input: Input,
  conv: Convolution,
  relu: Relu,
  leakyRelu: Elementwise,
  sigmoid: Elementwise,
  clip: Elementwise,
  maxPool: MaxPooling,
  averagePool: AveragePooling,
  globalAveragePool: AveragePooling,
  batchNormalization: Normalization,
  flatten: Flatten,
  dense: Dense,
  dropout: PassThrough,
  softmax: Softmax,
};
