import { bytesOf, type Pages } from '../kernel/units.ts';
import type { Behaviour } from '../task/behaviour.ts';
import { humanSize, humanTime } from './human.ts';

const sizeOf = (count: Pages | null): string => (count === null ? 'all' : humanSize(bytesOf(count)));

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
      return `sleep ${humanTime(behaviour.time)}`;
  }
}
