import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { files } from '../../../src/conform/files.ts';
import type { Boot } from '../../../src/conform/front.ts';
import type { Comparison } from '../../../src/conform/kind.ts';
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

const [front = '', folder = ''] = process.argv.slice(2);
const session = await SyncSession.open('conform', { boot: null, sync: false, machine: machineWords([]) });
const directory = join(folder, 'cg');
try {
  if (front === 'mount') {
    mkdirSync(directory);
    memcg('mount', '--allow-other', '--session', 'conform', directory);
  }
  const boot: Boot = (errata) =>
    front === 'mount' ? new MountFront(session, directory, errata) : new CommandFront(session, errata);
  const comparisons: Record<string, Comparison> = {};
  for (const kind of [write, order, verbatim, files])
    comparisons[kind.name] = runRecording(kind, readFileSync(recordingFile(kind.recording), 'utf8'), boot);
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
