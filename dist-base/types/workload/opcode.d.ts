/** What is done to pages; `truncate` and `drop` are of our own recordings (record/access-trace.ts). */
export type Access = 'read' | 'write' | 'truncate' | 'drop';
/** What an operation's name or SCSI code does; undefined: neither a read nor a write. */
export declare const accessOf: (op: string) => Access | undefined;
