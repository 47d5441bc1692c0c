/** The sections of the article: their ids are addresses, so they never change. Not their titles and words: each language has its own. */
import type { Op } from '../protocol/network';

export const SECTIONS = [
  'tensor',
  'neuron',
  'layer',
  'kernel',
  'bias',
  'convolution',
  'hyperparameters',
  'lab',
  'relu',
  'pooling',
  'normalization',
  'flatten',
  'dense',
  'softmax',
  'receptive-field',
  'training',
  'using',
  'glossary',
  'reading',
] as const;

export type SectionId = (typeof SECTIONS)[number];

const SECTION_OF: Readonly<Record<Op['type'], SectionId>> = {
  input: 'tensor',
  conv: 'convolution',
  relu: 'relu',
  leakyRelu: 'relu',
  sigmoid: 'relu',
  clip: 'relu',
  maxPool: 'pooling',
  averagePool: 'pooling',
  globalAveragePool: 'pooling',
  batchNormalization: 'normalization',
  flatten: 'flatten',
  dense: 'dense',
  dropout: 'training',
  softmax: 'softmax',
};

/** The section about an operation. */
export function sectionOf(op: Op): SectionId {
  return SECTION_OF[op.type];
}

/** The address of a section, or of the whole article. */
export function articlePath(section?: SectionId): string {
  return section ? `/learn#${section}` : '/learn';
}
