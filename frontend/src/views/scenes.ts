/**
 * The newest scenes of one picture: what was laid out once, such as where a unit that is pointed at would lead, is not laid out again when
 * somebody waits for it. Not the geometry: see `scene/scene.ts`.
 */
import { scene, type Scene, type SceneInput } from '../scene/scene';

/** How many are kept: where one is, where one looks, and where one came from. */
const KEPT = 3;

interface Kept {
  input: SceneInput;
  /** All of the input but the network, as text. */
  text: string;
  scene: Scene;
}

/** A memory of scenes. */
export class Scenes {
  #kept: readonly Kept[] = [];

  /** The scene for an input: the same object for the same input. */
  of(input: SceneInput): Scene {
    const { network, view, viewport, scrolls } = input;
    const text = JSON.stringify([view, viewport, [...scrolls]]);
    const before = this.#kept.find((kept) => kept.input.network === network && kept.text === text);
    const kept = before ?? { input, text, scene: scene(input) };
    this.#kept = [kept, ...this.#kept.filter((each) => each !== kept)].slice(0, KEPT);
    return kept.scene;
  }
}
