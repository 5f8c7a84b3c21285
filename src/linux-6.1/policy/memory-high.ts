import { memoryHighCard } from '../../policy/memory-high.ts';
import { maxKnob, type Policy } from './policy.ts';

/** The kernel's own rule (../memory-high.ts), which every machine has: here its mark is set. */
export const MEMORY_HIGH = {
  ...memoryHighCard(maxKnob),
  boot: 'boot-linux-6.1-memory.high.memcg',
  files: [],
} as const satisfies Policy;
