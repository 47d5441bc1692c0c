/** What can be wrong with the places in a scene: for tests. */
import { inside, overlap, type Rect } from './geometry';
import type { Scene } from './scene';
import { seen } from './sight';

/** A box with the gap that belongs to its slot. */
function reach(box: Rect, lane: Scene['lanes'][number]): Partial<Rect> {
  return lane.axis === 'vertical'
    ? { y: box.y + box.height / 2 - lane.pitch, height: 2 * lane.pitch }
    : { x: box.x + box.width / 2 - lane.pitch, width: 2 * lane.pitch };
}

/** What is wrong with the places of a scene's boxes; nothing, if all is well. */
export function faults(made: Scene): string[] {
  const found: string[] = [];
  const bounds = { x: 0, y: 0, width: made.width, height: made.height };
  const parts: { key: string; part: Rect }[] = [];
  for (const box of made.boxes) {
    const lane = made.lanes.find((each) => each.key === box.lane);
    if (!lane || !seen(made, { ...box, ...reach(box, lane) })) found.push(`${box.key} is out of sight`);
    const part = seen(made, box);
    if (part && !inside(part, bounds)) found.push(`${box.key} is outside`);
    if (part) parts.push({ key: box.key, part });
  }
  for (const node of made.nodes) {
    const part = seen(made, node);
    if (part && !inside(part, bounds)) found.push(`${node.key} is outside`);
    if (part) parts.push({ key: node.key, part });
  }
  for (const note of made.notes) {
    if (!inside(note, bounds)) found.push(`${note.key} is outside`);
    parts.push({ key: note.key, part: note });
  }
  for (const [key, part] of Object.entries({ card: made.open, bar: made.bar })) {
    if (part && !inside(part, bounds)) found.push(`the ${key} is outside`);
    if (part && made.staged) parts.push({ key, part });
  }
  // Sorted from left to right, only neighbours can overlap: no need to compare all pairs.
  parts.sort((a, b) => a.part.x - b.part.x);
  parts.forEach((a, i) => {
    for (const b of parts.slice(i + 1)) {
      if (b.part.x > a.part.x + a.part.width) break;
      if (overlap(a.part, b.part)) found.push(`${a.key} and ${b.key} overlap`);
    }
  });
  const keys = [...made.boxes, ...made.nodes, ...made.flows, ...made.notes].map(({ key }) => key);
  if (new Set(keys).size < keys.length) found.push('a key stands for two things');
  const ends = new Set(keys);
  for (const { key, from, to } of made.flows)
    if (!ends.has(from) || !ends.has(to)) found.push(`${key} has no end`);
  return found;
}
