import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { PAGE_SIZE } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import type { RunResult } from '../../src/script/result.ts';
import { type RunSettings, runScript } from '../../src/script/run.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';
import { settings } from '../script/scripts.ts';

/** Helps tests to record real programs and to replay what was recorded. */

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own, where `memcg` is run from its sources. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'memcg-record-'));

  path = (name: string): string => join(this.folder, name);

  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, ...args], {
      cwd: this.folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  memcg(...args: readonly string[]): Promise<Ended> {
    return endOf(this.start(args));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export async function endOf(child: ReturnType<Desk['start']>): Promise<Ended> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

export interface Replayed {
  readonly result: RunResult;
  /** The most anonymous memory that was charged, and what was read and written; bytes. */
  readonly peak: number;
  readonly read: number;
  readonly written: number;
}

/** Replays a script as `memcg replay` does. */
export async function replayed(script: string): Promise<Replayed> {
  let [peak, read, written] = [0, 0, 0];
  const bootMachine: RunSettings['bootMachine'] = (options) => {
    const machine = Machine.boot(options);
    const { run, perform } = machine;
    machine.run = (until) => {
      const stop = run.call(machine, until);
      const stat = machine.read('/default/memory.stat');
      if (stat.ok) peak = Math.max(peak, Number(/^rss (\d+)$/m.exec(stat.value)?.[1] ?? 0));
      return stop;
    };
    machine.perform = (operation) => {
      if (operation.op === 'run' && operation.behaviour.kind === 'stream') {
        const bytes = operation.behaviour.pages * operation.behaviour.times * PAGE_SIZE;
        if (operation.behaviour.write) written += bytes;
        else read += bytes;
      }
      return perform.call(machine, operation);
    };
    return machine;
  };
  const result = await runScript(
    settings(script, { boot: bootScriptFile(), bootMachine, traces: traceOpener, keepOutput: false }),
  );
  return { result, peak, read, written };
}
