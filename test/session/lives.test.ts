import { afterAll, beforeAll, describe, test } from 'vitest';
import { liveMany } from '../support/lives.ts';
import { FOUND } from './lives/found.ts';
import { live } from './lives/live.ts';
import { life } from './lives/steps.ts';
import { Folder } from './sessions.ts';

const LIVES = Number(process.env['MEMCG_LIVES'] ?? 2000);

let folder: Folder;

/** Where a session's files are is asked of these; nothing is written there but by the disk in memory. */
beforeAll(() => {
  folder = new Folder();
  process.env['XDG_RUNTIME_DIR'] = folder.path;
  process.env['XDG_STATE_HOME'] = folder.path;
});
afterAll(() => folder[Symbol.dispose]());

describe('a session, whatever becomes of its process, its disk, its clock and its clients,', () => {
  test.each(Object.entries(FOUND))('goes on well where %s', (_, each) => live(each, new Map()));

  test(
    `has what was told, and nothing else, and is run again to the same state: ${LIVES} lives`,
    () => liveMany(LIVES, life, live),
    600_000,
  );
});
