/** Writes ONNX files: as much of the format as a small classifier needs. The numbers of fields are those of `onnx.proto`. */

/** An attribute of a node. */
export type Attribute = { ints: number[] } | { int: number } | { float: number };

/** A node that reads the one before, or the input; `constants` are its further inputs. */
export interface Node {
  op: string;
  constants?: Constant[];
  attributes?: Record<string, Attribute>;
}

/** Numbers that are part of the graph. */
export interface Constant {
  shape: number[];
  values: Float32Array;
}

/** A chain of nodes with the shapes of its two ends, `[N, C, H, W]` and `[N, classes]`. */
export interface Chain {
  input: number[];
  output: number[];
  nodes: Node[];
}

/** Element type `f32` of tensors. */
const FLOAT = 1;
/** Versions of the format and of its operations. */
const VERSION = { ir: 8, operations: 17 };
const KIND = { float: 1, int: 2, ints: 7 };

/** The file of a network. */
export function onnx({ input, output, nodes }: Chain): Buffer {
  const names = nodes.map((_, i) => (i === nodes.length - 1 ? 'result' : `value_${i}`));
  const constants = nodes.flatMap(({ constants: own = [] }, i) =>
    own.map((constant, k) => ({ ...constant, name: `constant_${i}_${k}` })),
  );
  const graph = Buffer.concat([
    ...nodes.map((node, i) => part(1, nodeBytes(node, i, [names[i - 1] ?? 'input', names[i] ?? '']))),
    part(2, 'network'),
    ...constants.map(({ name, shape, values }) =>
      part(5, [
        ...shape.map((size) => whole(1, size)),
        whole(2, FLOAT),
        part(8, name),
        part(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
      ]),
    ),
    part(11, valueInfo('input', input)),
    part(12, valueInfo('result', output)),
  ]);
  return Buffer.concat([whole(1, VERSION.ir), part(7, graph), part(8, whole(2, VERSION.operations))]);
}

function nodeBytes({ op, constants = [], attributes = {} }: Node, at: number, [from, to]: [string, string]) {
  return [
    part(1, from),
    ...constants.map((_, k) => part(1, `constant_${at}_${k}`)),
    part(2, to),
    part(3, `${op.toLowerCase()}_${at}`),
    part(4, op),
    ...Object.entries(attributes).map(([name, value]) => part(5, [part(1, name), ...attribute(value)])),
  ];
}

function attribute(value: Attribute): Buffer[] {
  if ('ints' in value) return [...value.ints.map((each) => whole(8, each)), whole(20, KIND.ints)];
  if ('int' in value) return [whole(3, value.int), whole(20, KIND.int)];
  const float = Buffer.alloc(4);
  float.writeFloatLE(value.float);
  return [varint((2 << 3) | 5), float, whole(20, KIND.float)];
}

function valueInfo(name: string, shape: number[]): Buffer[] {
  const sizes = part(
    2,
    shape.map((size) => part(1, whole(1, size))),
  );
  return [part(1, name), part(2, part(1, [whole(1, FLOAT), sizes]))];
}

/** A field that has a length: a text, or a message made of others. */
function part(field: number, content: string | Buffer | Buffer[]): Buffer {
  const bytes = Array.isArray(content) ? Buffer.concat(content) : Buffer.from(content);
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** A field that is a whole number, 0 or greater. */
function whole(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

/** Seven bits a byte, the least first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}
