/** Waits for work, but no longer than so many ms; what it comes to then is nobody's any more. */
export function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  const ended = work.then(
    () => {},
    () => {},
  );
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

/** How long a goodbye to a server may take, ms; and to one that is gone. */
export const GOODBYE = 5000;
export const FAREWELL = 500;
