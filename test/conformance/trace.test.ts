import { describe } from 'vitest';
import { trace } from '../../src/conform/trace.ts';
import { testRecording } from './recorded.ts';

describe('a task that reads a file step by step', () => {
  testRecording(trace, (name) => `leaves the same counters behind after every step: ${name}`);
});
