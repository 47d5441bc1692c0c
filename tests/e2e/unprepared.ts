/**
 * Networks that no folder of ours has, in a folder of models of their own: the operations and sizes that ours do without. Their weights
 * are noise that is the same every time.
 */
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onnx, type Constant, type Node } from './onnx';

const PICTURE = new URL('../../models/tiny-vgg/gallery/espresso-1.png', import.meta.url).pathname;

/** Many classes: of the last layer's weights there are more than a screen fetches at once. */
export const MANY = { id: 'many', classes: 1000 };
/** Fewer classes, from a global average. */
export const FEWER = { id: 'fewer', classes: 100 };
const SIDE = 32;
const CHANNELS = 10;

/** Writes both; returns the folder. */
export async function unprepared(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'convocation-models-'));
  const noise = random();
  const conv: Node = {
    op: 'Conv',
    constants: [constant([CHANNELS, 3, 3, 3], () => noise() * 0.6), constant([CHANNELS], noise)],
    attributes: { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] } },
  };
  const mean = (countPadding: boolean): Node => ({
    op: 'AveragePool',
    attributes: {
      kernel_shape: { ints: [2, 2] },
      strides: { ints: [2, 2] },
      pads: { ints: [1, 1, 1, 1] },
      count_include_pad: { int: Number(countPadding) },
    },
  });
  const end = (classes: number, inputs: number, reach: number): Node[] => [
    { op: 'Flatten' },
    {
      op: 'Gemm',
      constants: [constant([classes, inputs], () => noise() * reach), constant([classes], noise)],
      attributes: { transB: { int: 1 } },
    },
    { op: 'Softmax' },
  ];
  const normalize: Node = {
    op: 'BatchNormalization',
    constants: [
      ...[0, 1, 2].map(() => constant([CHANNELS], noise)),
      constant([CHANNELS], () => noise() + 1.1),
    ],
    attributes: { epsilon: { float: 0.01 } },
  };
  await write(folder, MANY, [
    conv,
    normalize,
    { op: 'LeakyRelu', attributes: { alpha: { float: 0.25 } } },
    mean(false),
    { op: 'Sigmoid' },
    { op: 'Clip', constants: [constant([], () => 0.4), constant([], () => 0.6)] },
    ...end(MANY.classes, CHANNELS * 17 * 17, 0.05),
  ]);
  await write(folder, FEWER, [
    conv,
    mean(true),
    { op: 'GlobalAveragePool' },
    ...end(FEWER.classes, CHANNELS, 2),
  ]);
  return folder;
}

async function write(folder: string, { id, classes }: typeof MANY, nodes: Node[]): Promise<void> {
  const own = join(folder, id);
  await mkdir(join(own, 'gallery'), { recursive: true });
  const labels = Array.from({ length: classes }, (_, i) => `"kind ${i + 1}"`);
  const manifest = `
name = "${classes} classes"
summary = "Made of noise, for a test."
labels = [${labels.join(', ')}]

[input]
resize = "shorter-side"
crop = "centre"
range = [0.0, 1.0]
channels = ["Red", "Green", "Blue"]

[[gallery]]
file = "gallery/one.png"
label = "kind 1"
title = "A picture"

[credits]
licence = "CC0-1.0"
authors = ["A test"]
data = "None."
`;
  await writeFile(join(own, 'network.toml'), manifest);
  await copyFile(PICTURE, join(own, 'gallery/one.png'));
  await writeFile(
    join(own, 'network.onnx'),
    onnx({ input: [1, 3, SIDE, SIDE], output: [1, classes], nodes }),
  );
}

function constant(shape: number[], value: () => number): Constant {
  const size = shape.reduce((product, n) => product * n, 1);
  return { shape, values: Float32Array.from({ length: size }, value) };
}

/** Numbers from −1 to 1, always the same (a linear congruence, as in Numerical Recipes). */
function random(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  };
}
