import { describe } from 'vitest';
import { daemon } from '../../src/conform/daemon.ts';
import { testRecording } from './recorded.ts';

describe('the life of memcontd', () => {
  testRecording(daemon, (name) => `${name}: threads, passes and usage are the recorded ones`);
});
