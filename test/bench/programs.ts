import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReplayJson } from '../../src/report/json.ts';

/** Whole processes, as a shell starts them. */

/** The program as it is built. */
export const memcg = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));

/** Runs Node with these arguments, nothing of the user's own in its way; seconds until it has ended. Throws when it fails. */
export function node(args: readonly string[]): { seconds: number; stdout: string } {
  const began = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, stdout };
}

/** `memcg replay --json` of one script. */
export function replay(script: string): { seconds: number; run: ReplayJson } {
  const { seconds, stdout } = node([memcg, 'replay', '--json', script]);
  return { seconds, run: JSON.parse(stdout) as ReplayJson };
}

/** A folder of its own for `work`, gone afterwards. */
export async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
