/** The live figures of the article: which view of which network each one begins with. Not their captions: each language has its own. */
import type { Focus, KernelEdit } from '../protocol/classroom';

/** Where a figure begins. */
export interface Beginning {
  network: string;
  focus: Focus;
  /** How many steps the window has gone. */
  step?: number;
  detail?: boolean;
  /** Whether what the unit sees is shown beside it. */
  receptiveField?: boolean;
  edit?: KernelEdit;
}

/** The network that the article explains. */
export const NETWORK = 'tiny-vgg';

/** Edges between dark above and bright below, in thousandths. */
const EDGES = [-1000, -1000, -1000, 0, 0, 0, 1000, 1000, 1000];

export const FIGURES = {
  overview: { network: NETWORK, focus: { kind: 'overview' }, detail: true },
  channel: { network: NETWORK, focus: { kind: 'unit', layer: 'input', unit: 0 } },
  layer: { network: NETWORK, focus: { kind: 'layer', layer: 'conv_1_1' }, detail: true },
  window: { network: NETWORK, focus: { kind: 'link', layer: 'conv_1_1', unit: 3, input: 0 }, step: 1890 },
  sum: { network: NETWORK, focus: { kind: 'unit', layer: 'conv_1_2', unit: 3 }, step: 1830 },
  tiny: { network: 'tiny-example', focus: { kind: 'link', layer: 'conv', unit: 0, input: 0 }, step: 4 },
  hyperparameters: {
    network: NETWORK,
    focus: { kind: 'hyperparameters', input: 6, padding: 0, kernel: 3, stride: 1, dilation: 1 },
  },
  lab: {
    network: NETWORK,
    focus: { kind: 'unit', layer: 'conv_1_1', unit: 3 },
    edit: {
      layer: 'conv_1_1',
      unit: 3,
      kernels: [0, 1, 2].map((input) => ({ input, weights: EDGES })),
      bias: 0,
    },
  },
  relu: { network: NETWORK, focus: { kind: 'unit', layer: 'relu_1_1', unit: 3 }, step: 1890 },
  pooling: { network: NETWORK, focus: { kind: 'unit', layer: 'max_pool_1', unit: 7 }, step: 465 },
  flatten: { network: NETWORK, focus: { kind: 'unit', layer: 'output', unit: 0 } },
  softmax: { network: NETWORK, focus: { kind: 'class', class: 0 } },
  field: {
    network: NETWORK,
    focus: { kind: 'unit', layer: 'conv_2_2', unit: 3 },
    step: 330,
    receptiveField: true,
  },
} as const satisfies Record<string, Beginning>;

export type FigureId = keyof typeof FIGURES;
