import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SavedMachine } from '../../src/machine/machine.ts';
import { Machine } from '../../src/machine/machine.ts';
import { runScript } from '../../src/script/run.ts';
import { Budget } from '../../src/session/budget.ts';
import type { Mounter } from '../../src/session/mounter.ts';
import type { Executed } from '../../src/session/protocol.ts';
import { Session } from '../../src/session/session.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';

/** A folder that is gone after the test. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'memcg-test-'));

  at(name: string): string {
    return join(this.path, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const NO_MOUNTS: Mounter = {
  mount: () => Promise.reject(new Error('nothing is mounted here')),
  relay: () => Promise.reject(new Error('nothing is mounted here')),
  changeTo: () => {},
  unmountAll: async () => {},
};

export interface Opened {
  readonly session: Session;
  readonly notices: string[];
  readonly failures: Error[];
}

/** A session in this process; `sync` is off. */
export async function openIn(
  folder: string,
  boot: Parameters<typeof Session.open>[1] = {},
  budget = new Budget(),
): Promise<Opened> {
  const notices: string[] = [];
  const failures: Error[] = [];
  const session = await Session.open(
    {
      folder,
      opener: traceOpener,
      sync: false,
      budget,
      notice: (text) => notices.push(text),
      failed: (error) => failures.push(error),
      observer: () => {},
      isWatched: () => false,
    },
    boot,
  );
  return { session, notices, failures };
}

export const run = (
  session: Session,
  line: string,
  signal?: AbortSignal,
  input?: Uint8Array,
): Promise<Executed> =>
  session.execute(
    {
      line,
      group: '/default',
      directory: '/',
      input: input === undefined ? null : Buffer.from(input).toString('base64'),
    },
    signal ?? new AbortController().signal,
  );

/** All must succeed. */
export async function runAll(session: Session, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const { failure } = await run(session, line);
    if (failure !== null) throw new Error(`${line}: ${failure.message} ${failure.why}`);
  }
}

export async function exported(session: Session): Promise<string> {
  let text = '';
  let from: number | null = 0;
  while (from !== null) {
    const part = await session.export({ since: 0 as never, from });
    text += part.text;
    from = part.next;
  }
  return text;
}

/** The machine that `replay` comes to. */
export async function replayed(script: string, bare: boolean, bootScript: string): Promise<SavedMachine> {
  let machine: Machine | null = null;
  const result = await runScript({
    script: '-',
    stdin: once(script),
    boot: bare ? null : bootScript,
    group: '/default',
    options: {},
    before: () => [],
    bootMachine: (options) => {
      machine = Machine.boot(options);
      return machine;
    },
    traces: traceOpener,
    print: null,
    drained: () => Promise.resolve(),
    keepOutput: false,
    observer: null,
    signal: null,
    progress: () => {},
    clock: () => performance.now(),
  });
  const { error } = result;
  // What the machine refused live it refuses again, outside `fails`.
  if (error !== null) throw new Error(`${error.line}: ${error.message}`);
  if (machine === null) throw new Error('no machine was booted');
  return (machine as Machine).save();
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
