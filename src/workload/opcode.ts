/** What is done to pages; `truncate` and `drop` are of our own recordings (record/access-trace.ts). */
export type Access = 'read' | 'write' | 'truncate' | 'drop';

/** SCSI operation codes (SPC-4, table of operation codes): 6, 10, 12 and 16 byte commands. */
const SCSI: readonly (readonly [number, Access])[] = [
  [0x08, 'read'],
  [0x28, 'read'],
  [0xa8, 'read'],
  [0x88, 'read'],
  [0x0a, 'write'],
  [0x2a, 'write'],
  [0xaa, 'write'],
  [0x8a, 'write'],
  // WRITE AND VERIFY
  [0x2e, 'write'],
  [0xae, 'write'],
  [0x8e, 'write'],
];

const ACCESS = new Map<string, Access>([
  ['R', 'read'],
  ['W', 'write'],
  ['r', 'read'],
  ['read', 'read'],
  ['w', 'write'],
  ['write', 'write'],
  ['truncate', 'truncate'],
  ['drop', 'drop'],
]);
for (const [code, access] of SCSI) {
  const hex = code.toString(16);
  for (const word of [hex.padStart(2, '0'), `0x${hex.padStart(2, '0')}`, `0x${hex}`])
    ACCESS.set(word, access);
}

/** blktrace's RWBS (blkparse(1)): a flush before, the direction, then flags of the request. */
const RWBS = /^F?([RW])[FASM]*$/;

/** What an operation's name or SCSI code does; undefined: neither a read nor a write. */
export const accessOf = (op: string): Access | undefined =>
  ACCESS.get(op) ?? ACCESS.get(op.toLowerCase()) ?? ACCESS.get(RWBS.exec(op)?.[1] ?? '');
