/** Sentences of `memcg tune` on stderr, and the exit statuses that go with them. */

export const WRONG_USAGE = 2;
export const WORLD_FAILED = 3;
export const INTERRUPTED = 130;
export const STATUS = {
  refused: 1,
  mistake: WRONG_USAGE,
  world: WORLD_FAILED,
  interrupted: INTERRUPTED,
} as const;

/** Says it, and answers the status. */
export function complain(message: string, status: number): number {
  tell(message);
  return status;
}

export const tell = (message: string): void => void process.stderr.write(`memcg: ${message}\n`);

/** On a terminal a line of progress may be there, which comes again below. */
export function tellAmid(message: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  tell(message);
}
