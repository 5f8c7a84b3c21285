import { describe } from 'vitest';
import { loops61 } from '../../src/conform/linux-6.1/loops.ts';
import { swap61 } from '../../src/conform/linux-6.1/swap.ts';
import { trace61 } from '../../src/conform/linux-6.1/trace.ts';
import { pairs61 } from '../../src/conform/linux-6.1/two-groups.ts';
import { workloads61 } from '../../src/conform/linux-6.1/workloads.ts';
import { testRecording } from './recorded.ts';

/** What is not run: the recorder itself cut some runs off. */
const LEFT_OUT = ['it was cut off by the clock'];

describe('a task on Linux 6.1 that reads page by page, or MiB by MiB', () => {
  testRecording(
    trace61,
    (name) => `leaves the same usage, lists and counts behind after every step: ${name}`,
  );
});

describe('a workload on Linux 6.1 under one limit or another', () => {
  testRecording(workloads61, (name) => `comes to the same events, scans and refaults: ${name}`, LEFT_OUT);
});

describe('a loop on Linux 6.1 that writes memory.reclaim', () => {
  testRecording(loops61, (name) => `frees as many pages each time: ${name}`);
});

describe('two groups on Linux 6.1', () => {
  testRecording(pairs61, (name) => `keep and lose the same pages of each other: ${name}`);
});

describe('a workload on Linux 6.1 with swap', () => {
  testRecording(swap61, (name) => `comes to the same events, scans, refaults and swap: ${name}`);
});
