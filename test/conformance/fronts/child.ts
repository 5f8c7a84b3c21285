import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { files } from '../../../src/conform/files.ts';
import type { Boot } from '../../../src/conform/front.ts';
import type { Comparison, Kind } from '../../../src/conform/kind.ts';
import { abiSeq61 } from '../../../src/conform/linux-6.1/abi-seq.ts';
import { abiWrite61 } from '../../../src/conform/linux-6.1/abi-write.ts';
import { order, verbatim } from '../../../src/conform/order.ts';
import { runRecording } from '../../../src/conform/recording.ts';
import { write } from '../../../src/conform/write.ts';
import { programFile, recordingFile } from '../../../src/script/package-files.ts';
import { CommandFront, machineWords } from './command.ts';
import { MountFront } from './mount.ts';
import { SyncSession } from './sync-session.ts';

/**
 * `child.ts command FOLDER` or `child.ts mount FOLDER`: runs the recordings through a live session's server,
 * and prints their comparisons by kind. A process of its own, because it waits for every answer.
 */

/** Of 6.1 a mount is asked what real processes and users have to do with: who is where, who may move whom, delegation. */
const WHO_IS_WHERE: readonly (readonly [Kind, RegExp])[] = [
  [abiWrite61, /"file":"cgroup.(type|subtree_control)"/],
  [
    abiSeq61,
    /"case":"(procs|threaded|delegation|subtree|disable|depth|names|events-populated|rmdir|after-rmdir|bad-dirs)/,
  ],
];

const [front = '', folder = ''] = process.argv.slice(2);
const session = await SyncSession.open('conform', { boot: null, sync: false, machine: machineWords([]) });
const directory = join(folder, 'cg');
try {
  if (front === 'mount') {
    mkdirSync(directory);
    memcg('mount', '--allow-other', '--session', 'conform', directory);
  }
  const boot: Boot = (errata, options) =>
    front === 'mount'
      ? new MountFront(session, directory, errata, options)
      : new CommandFront(session, errata, options);
  const comparisons: Record<string, Comparison> = {};
  for (const kind of [write, order, verbatim, files])
    comparisons[kind.name] = runRecording(kind, readFileSync(recordingFile(kind.recording), 'utf8'), boot);
  if (front === 'mount')
    for (const [kind, wanted] of WHO_IS_WHERE) {
      const lines = gunzipSync(readFileSync(recordingFile(kind.recording)))
        .toString('utf8')
        .split('\n');
      const text = lines.filter((line) => wanted.test(line)).join('\n');
      comparisons[`6.1 ${kind.name}`] = runRecording(kind, text, boot);
    }
  process.stdout.write(JSON.stringify(comparisons));
} finally {
  if (front === 'mount') {
    memcg('umount', '--force', directory);
    rmdirSync(directory);
  }
  await session.close();
}

function memcg(...words: string[]): void {
  execFileSync(process.execPath, [programFile(), ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
}
