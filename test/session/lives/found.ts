import type { Life } from './steps.ts';

/** Lives that went wrong once, by what was wrong with them. */
export const FOUND: Readonly<Record<string, Life>> = {
  'the name of a new journal was not on the disk': {
    sync: true,
    seed: 0,
    steps: [
      { do: 'ask', writer: 0, line: 'spawn t0 /g0' },
      { do: 'pass', ms: 1 },
      { do: 'end', ending: 'power', changes: 0, chance: 76725627 },
      { do: 'ask', writer: 0, line: 'start t0 stream f0 256K' },
    ],
  },
  'who only looked was told what was not on the disk yet': {
    sync: true,
    seed: 0,
    steps: [
      { do: 'slow', ms: 1 },
      { do: 'ask', writer: 0, line: 'kill t0' },
      { do: 'pass', ms: 1 },
      { do: 'ask', writer: 0, line: 'cat /memory.usage_in_bytes' },
      { do: 'end', ending: 'power', changes: 0, chance: 585424684 },
      { do: 'pass', ms: 0 },
    ],
  },
};
