import { pageSize, shortDuration } from '../kernel/numbers.ts';
import type { Pages } from '../kernel/units.ts';
import type { Behaviour } from '../task/behaviour.ts';

const sizeOf = (count: Pages | null): string => (count === null ? 'all' : pageSize(count));

/** A behaviour in the words that ask for it, less its options: `stream data.img 512M`. */
export function behaviourName(behaviour: Behaviour): string {
  switch (behaviour.kind) {
    case 'alloc':
    case 'free':
    case 'touch':
      return `${behaviour.kind} ${sizeOf(behaviour.pages)}`;
    case 'stream':
    case 'map':
      return `${behaviour.kind} ${behaviour.file} ${sizeOf(behaviour.pages)}`;
    case 'trace':
      return `trace ${behaviour.file}`;
    case 'sleep':
      return `sleep ${shortDuration(behaviour.time)}`;
  }
}
