// Generated from backend/inference/src/description.rs. Do not edit; regenerate with
//   UPDATE_TYPES=1 cargo test -p convocation-inference --test typescript

/**
 * One network.
 */
export type Description = { 
/**
 * Name of the network's folder, for example `tiny-vgg`.
 */
id: string, 
/**
 * 32 lower-case hexadecimal digits over the ONNX file and the preprocessing: the address of its tensors.
 */
digest: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * One sentence for people.
 */
summary: string, 
/**
 * Name of each class, in output order.
 */
labels: Array<string>, 
/**
 * How a picture becomes the input.
 */
input: Input, 
/**
 * Layers in the order of computation; the first is the input.
 */
layers: Array<Layer>, 
/**
 * Layer with the logits, if the network ends in a softmax: the one that the softmax reads.
 */
logits: string | null, 
/**
 * Layer with the class scores: the last.
 */
output: string, 
/**
 * Number of weights and biases.
 */
parameters: number, 
/**
 * Pictures that come with the network.
 */
gallery: Array<GalleryPicture>, 
/**
 * Licence and origin, for people.
 */
credits: Credits, };

/**
 * How a picture becomes the input tensor `[1, C, H, W]`: the shorter side is scaled, the centre cropped.
 */
export type Input = { 
/**
 * Name of each channel, for example Red, Green, Blue.
 */
channels: Array<string>, 
/**
 * Rows.
 */
height: number, 
/**
 * Columns.
 */
width: number, 
/**
 * Value of a black and of a white pixel.
 */
range: [number, number], 
/**
 * How many values a pixel can have, evenly spread over the range, where they are fewer than a picture's 256; at least 2.
 */
levels?: number, };

/**
 * One layer: one node of the graph, or the input.
 */
export type Layer = { 
/**
 * Name of the graph's node (of its output where the node has none); letters, digits, `_`, `-` and `.` only.
 */
id: string, 
/**
 * What it computes.
 */
op: Op, 
/**
 * Ids of the layers it reads.
 */
inputs: Array<string>, 
/**
 * Shape of its output without the batch: `[C, H, W]`, or `[N]` for a flat layer.
 */
shape: Array<number>, 
/**
 * Number of weights and biases that were learnt.
 */
parameters: number, 
/**
 * Shapes of its weight tensors in the order they are served: weight, then bias if there is one. Of a batch
 * normalisation: scale, shift, mean, variance.
 */
weights: Array<Array<number>>, 
/**
 * Position of its block, from 0: a block begins at a convolution or dense layer (the input is a block of its own).
 */
block: number, 
/**
 * Position of its module, from 0: a module ends after a pooling layer.
 */
module: number, };

/**
 * What a layer computes. Sizes are `[rows, columns]`; paddings `[top, left, bottom, right]`.
 */
export type Op = { "type": "input" } | { "type": "conv", 
/**
 * Size of the kernel.
 */
kernel: [number, number], 
/**
 * Distance between two steps.
 */
stride: [number, number], 
/**
 * Zeros around the input.
 */
padding: [number, number, number, number], 
/**
 * Distance between two kernel cells on the input.
 */
dilation: [number, number], 
/**
 * Input and output channels are split into this many independent groups.
 */
groups: number, } | { "type": "relu" } | { "type": "leakyRelu", 
/**
 * What is left of a negative value.
 */
alpha: number, } | { "type": "sigmoid" } | { "type": "clip", 
/**
 * Smallest value that comes out; the lowest `f32` where there is no such bound.
 */
min: number, 
/**
 * Largest value that comes out, at least `min`; the highest `f32` where there is no such bound.
 */
max: number, } | { "type": "maxPool", 
/**
 * Size of the window.
 */
kernel: [number, number], 
/**
 * Distance between two steps.
 */
stride: [number, number], 
/**
 * Cells around the input that never win.
 */
padding: [number, number, number, number], 
/**
 * Distance between two window cells on the input.
 */
dilation: [number, number], } | { "type": "averagePool", 
/**
 * Size of the window.
 */
kernel: [number, number], 
/**
 * Distance between two steps.
 */
stride: [number, number], 
/**
 * Zeros around the input.
 */
padding: [number, number, number, number], 
/**
 * Whether the padding counts in the mean.
 */
countPadding: boolean, } | { "type": "globalAveragePool" } | { "type": "batchNormalization", 
/**
 * Added to the variance.
 */
epsilon: number, } | { "type": "flatten" } | { "type": "dense" } | { "type": "dropout" } | { "type": "softmax" };

/**
 * A picture that comes with the network.
 */
export type GalleryPicture = { 
/**
 * Digest of the picture, as an upload of the same file would get.
 */
picture: string, 
/**
 * Its class.
 */
label: string, 
/**
 * What is on it, in one sentence: the alternative text.
 */
title: string, };

/**
 * Licence and origin of a network.
 */
export type Credits = { 
/**
 * SPDX expression.
 */
licence: string, 
/**
 * Who made it.
 */
authors: Array<string>, 
/**
 * What it was trained on.
 */
data: string, };
