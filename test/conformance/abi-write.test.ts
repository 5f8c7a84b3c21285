import { describe } from 'vitest';
import { write } from '../../src/conform/write.ts';
import { testRecording } from './recorded.ts';

describe('a text written to a mark of a fresh cgroup', () => {
  testRecording(write, (name) => `${name} is answered as the kernel answered`);
});
