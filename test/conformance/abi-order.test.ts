import { describe } from 'vitest';
import { order, verbatim } from '../../src/conform/order.ts';
import { testRecording } from './recorded.ts';

describe('a sequence of writes and work', () => {
  testRecording(order, (name) => `${name} goes step by step as on the kernel`);
});

describe('a sequence over the limit, with the charge block as it was posted', () => {
  testRecording(verbatim, (name) => `${name} goes step by step as on the kernel`);
});
