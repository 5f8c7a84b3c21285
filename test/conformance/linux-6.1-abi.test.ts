import { describe } from 'vitest';
import { abiList61 } from '../../src/conform/linux-6.1/abi-list.ts';
import { abiSeq61 } from '../../src/conform/linux-6.1/abi-seq.ts';
import { abiWrite61 } from '../../src/conform/linux-6.1/abi-write.ts';
import { testRecording } from './recorded.ts';

describe('a text written to a control file of Linux 6.1', () => {
  testRecording(abiWrite61, (name) => `${name} is answered as the kernel answered`);
});

describe('a cgroup of Linux 6.1', () => {
  testRecording(abiList61, (name) => `has the files, modes and contents of the kernel's: ${name}`);
});

describe('a sequence of operations on cgroup version 2', () => {
  testRecording(abiSeq61, (name) => `goes step by step as on the kernel: ${name}`);
});
