/** How many answers a task has to choose from. The same count as the server's, of which every answer is a number below. */
import type { Task } from '../../protocol/classroom';

export function answersOf(task: Task): number {
  switch (task.kind) {
    case 'value':
    case 'winner':
      return task.numbers.length;
    case 'sign':
      return 3;
    case 'topClass':
      return task.classes.length;
    case 'outputSize':
      return task.sizes.length;
    case 'tile':
      return task.units;
    case 'pixel':
      return task.rows * task.columns;
    case 'choice':
      return task.options.length;
    case 'scale':
      return task.steps;
    case 'fill':
      return 0;
  }
}
