import { describe, expect, it } from 'vitest';
import { accessOf } from '../../src/workload/opcode.ts';

describe('an operation of a trace', () => {
  it.each(['r', 'R', 'read', 'Read', 'READ', '08', '28', 'a8', 'A8', '88', '0x28', '0X28', '0x8', '0x08'])(
    '%s is a read',
    (op) => {
      expect(accessOf(op)).toBe('read');
    },
  );
  it.each(['w', 'W', 'write', 'Write', '0a', '2a', '2A', 'aa', '8a', '0x2a', '0xa', '2e', '8e', 'ae'])(
    '%s is a write',
    (op) => {
      expect(accessOf(op)).toBe('write');
    },
  );
  it.each(['', 'x', '35', '42', '12', 'trim', '2', 'a', '0x', '028', 'toString'])('%j is neither', (op) => {
    expect(accessOf(op)).toBeUndefined();
  });
});
