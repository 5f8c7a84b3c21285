/** What a journal's first line says of how the machine was booted. */
export interface BootRecord {
  /** No other journal has it. */
  readonly id?: string;
  /** `key=value` as after `machine`. */
  readonly machine: readonly string[];
  /** `own`: memcg's own boot script; else a script of the user's, or none. */
  readonly script: 'own' | 'other' | 'none';
  /** The beginning is not in this journal: it went on from a save state when the journal was lost. */
  readonly cut?: true;
}

const WORD = '#boot ';

export const bootText = (record: BootRecord): string => `${WORD}${JSON.stringify(record)}`;
/** Follows the boot script's commands. */
export const BOOTED = '#booted';
/** Somebody was told something at this time: a restore goes at least so far. */
export const MARK = '#mark';
/** What `sh` had in hand was interrupted. */
export const INTERRUPT = '#interrupt';
/** What the last command had in hand was refused in the end. */
const REFUSED = '#refused ';
export const refusedText = (errno: string): string => REFUSED + errno;
/** The errno, or null. */
export const readRefusedText = (text: string): string | null =>
  text.startsWith(REFUSED) ? text.slice(REFUSED.length) : null;
/** The server ended as it should: virtual time is this, whatever was marked. */
export const DOWN = '#down';

export function readBootText(text: string): BootRecord | null {
  if (!text.startsWith(WORD)) return null;
  try {
    return JSON.parse(text.slice(WORD.length)) as BootRecord;
  } catch {
    return null;
  }
}
