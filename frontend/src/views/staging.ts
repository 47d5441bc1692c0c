/** The staging of an open unit: what its view says about the nodes of the scene. One interface for all, so that a view is one class. */
import type { Frame, Look, Veil } from '../paint/look';
import type { Focus } from '../protocol/classroom';
import type { Note, SceneNode } from '../scene/node';
import type { Grip } from './grip';

/** What a view says about the nodes of a scene. */
export interface Staging {
  /** How a node looks at the current step; nothing before its values are here. */
  look: (node: SceneNode) => Look | null;
  /** Frames on boxes and nodes, by key. */
  readonly frames: ReadonlyMap<string, readonly Frame[]>;
  /** How much of the maps of boxes and nodes is revealed, by key. */
  readonly veils: ReadonlyMap<string, Veil>;
  /** Keys of boxes and nodes that are lit while something, or nothing, is pointed at. */
  marked: (pointed: string | null) => ReadonlySet<string>;
  /** The window, where it can be moved directly. */
  readonly grip: Grip | null;
  /** Whether something flows: then dashes move. */
  readonly flowing: boolean;
  /** What a node is called; `null` for one that nobody can choose. */
  name: (node: SceneNode) => string | null;
  /** The numbers of a node that is pointed at, where it may be too small to show them; `null` for one that has no numbers. */
  hint: (node: SceneNode) => Float32Array | null;
  /** Where choosing a node leads. */
  target: (node: SceneNode) => Focus;
  /** What a note says, to those who can choose something here and to those who only look. */
  note: (message: Note['message'], interactive: boolean) => string;
}
