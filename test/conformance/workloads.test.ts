import { describe } from 'vitest';
import { workloads } from '../../src/conform/workloads.ts';
import { testRecording } from './recorded.ts';

describe('a workload under a limit', () => {
  testRecording(workloads, (name) => `comes out as on the recorded kernel: ${name}`);
});
