import { describe } from 'vitest';
import { files } from '../../src/conform/files.ts';
import { testRecording } from './recorded.ts';

describe('an operation on files', () => {
  testRecording(files, (name) => `${JSON.stringify(name)} is answered as the kernel answered`);
});
