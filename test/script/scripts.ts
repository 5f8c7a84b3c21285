import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Machine } from '../../src/machine/machine.ts';
import type { RunResult } from '../../src/script/result.ts';
import { type RunSettings, runScript } from '../../src/script/run.ts';
import type { TraceOpener } from '../../src/script/traces.ts';

/** Helps tests to run scripts on a real machine. */

const noTraces: TraceOpener = {
  fault: () => null,
  open: () => Promise.reject(new Error('no traces in this test')),
  isFault: (error): error is Error => error instanceof Error,
};

async function* nothing(): AsyncGenerator<Uint8Array> {}

export const settings = (script: string, given: Partial<RunSettings> = {}): RunSettings => ({
  script,
  stdin: nothing(),
  boot: null,
  group: '/default',
  options: {},
  before: () => [],
  bootMachine: (options) => Machine.boot(options),
  traces: noTraces,
  print: null,
  drained: async () => {},
  keepOutput: true,
  observer: null,
  signal: null,
  progress: () => {},
  clock: () => 0,
  ...given,
});

/** Runs lines that stand in standard input, after `mkdir default`. */
export function runLines(lines: readonly string[], given: Partial<RunSettings> = {}): Promise<RunResult> {
  const text = `${lines.join('\n')}\n`;
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  const before = () => [{ name: 'mkdir', cgroups: ['/default'], parents: false } as const];
  return runScript(settings('-', { stdin: stdin(), before, ...given }));
}

/** A folder with these files; remove it with `remove()`. */
export function folder(files: Readonly<Record<string, string>>): {
  path: (name: string) => string;
  remove: () => void;
} {
  const root = mkdtempSync(join(tmpdir(), 'memcg-test-'));
  const path = (name: string): string => join(root, name);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
  return { path, remove: () => rmSync(root, { recursive: true }) };
}

export const printed = (result: RunResult): string[] => result.output.map((each) => each.text);
