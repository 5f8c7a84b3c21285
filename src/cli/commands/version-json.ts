import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_OPTIONS, KERNEL_VERSIONS, type KernelVersion } from '../../machine/machine.ts';
import { recordingFile } from '../../script/package-files.ts';
import { VERSION } from '../../session/version.ts';
import { json } from '../on-session.ts';
import { put } from '../output/print.ts';

export interface VersionJson {
  version: string;
  kernels: { kernel: KernelVersion; recordings_sha256: string }[];
}

/** `memcg --version --json`: which kernels it emulates, and which recordings of them it is held to. */
export const versionJson = (): void =>
  put(
    json({
      version: VERSION,
      kernels: KERNEL_VERSIONS.map((kernel) => ({ kernel, recordings_sha256: recordingsHash(kernel) })),
    } satisfies VersionJson),
  );

/** Of the names and the bytes of all recordings of a kernel, in the order of their names. */
function recordingsHash(kernel: KernelVersion): string {
  const folder = recordingFile(kernel === DEFAULT_OPTIONS.kernel ? '' : `linux-${kernel}`);
  const hash = createHash('sha256');
  const names = readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name));
  for (const name of names.sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
