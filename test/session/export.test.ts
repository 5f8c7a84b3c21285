import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { exported, Folder, openIn, replayed, run, runAll } from './sessions.ts';

const bootScript = fileURLToPath(new URL('../../fixtures/boot.memcg', import.meta.url));

const SESSIONS: [string, readonly string[]][] = [
  [
    'writes',
    [
      'write high_wmark_in_bytes 64M',
      'mkdir -p web/db',
      'set web low_wmark_in_bytes=8M high_wmark_in_bytes=16M limit_in_bytes=32M',
      'mv web/db web/data',
    ],
  ],
  [
    'a behaviour that is run, with reclaim',
    ['write high_wmark_in_bytes 64M', 'spawn reader', 'run reader stream data.img 96M', 'cat usage_in_bytes'],
  ],
  [
    'behaviours at the same time, ended by stop and kill',
    [
      'spawn a',
      'spawn b /',
      'start a stream one.img 1G --times 4',
      'start b alloc 64M',
      'wait 20ms',
      'stop a',
      'kill b',
      'renice a 5',
    ],
  ],
  [
    'operations that take virtual time',
    [
      'mkdir web',
      'spawn w web',
      'run w stream data.img 8M --write',
      'sync',
      'attach w /',
      'rmdir web',
      'drop all',
    ],
  ],
  [
    'a task that is stopped by a signal',
    ['spawn a', 'start a stream x 64M', 'kill -STOP a', 'wait 5ms', 'kill -CONT a', 'wait a'],
  ],
  [
    'faults, met and left',
    [
      'fault failcnt EBUSY --times 2 --on read',
      'fault limit_in_bytes EINTR --after 1 --times all',
      'fails EBUSY cat failcnt',
      'cat limit_in_bytes',
      'fails EINTR write limit_in_bytes 256M',
      'fault /tasks EIO',
      'fault --clear /tasks',
    ],
  ],
  [
    'waits, which leave no trace',
    ['spawn a', 'start a alloc 4M', "wait 'usage_in_bytes >= 4M' --within 1s", 'wait 3ms', 'wait a'],
  ],
];

describe('an exported session', () => {
  test.each(SESSIONS)('with %s is run by replay to the same state', async (_, lines) => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, lines);
    session.live.clock.setPaused(true, session.live.machine.now);
    const script = await exported(session);
    const state = session.live.machine.save();
    expect(await replayed(script, false, bootScript)).toEqual(state);
    await session.close();
  });

  test('has what was refused as what fails', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    const refused = ['write high_wmark_in_bytes 1T', 'rmdir nowhere', 'stop nobody', 'mkdir default'];
    for (const line of refused) expect((await run(session, line)).failure?.kind).toBe('refused');
    session.live.clock.setPaused(true, session.live.machine.now);
    const script = await exported(session);
    expect(script).toContain('fails EEXIST mkdir /default');
    expect(await replayed(script, false, bootScript)).toEqual(session.live.machine.save());
    await session.close();
  });

  test('of a bare machine with options of its own says how to replay it', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'), { boot: null, machine: ['cpus=1', 'memory=256M'] });
    await runAll(session, ['mkdir web', 'spawn a web', 'run a stream f 4M']);
    session.live.clock.setPaused(true, session.live.machine.now);
    const script = await exported(session);
    expect(script).toContain('replay --bare');
    expect(await replayed(script, true, bootScript)).toEqual(session.live.machine.save());
    await session.close();
  });

  test('keeps bytes that are no text, a lone - from standard input, and names with blanks', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await run(session, 'mkdir "a b\\n\\xff"');
    await run(session, 'write low_wmark_in_bytes -', undefined, Buffer.from('16M\n'));
    const refused = await run(session, 'write low_wmark_in_bytes -', undefined, Buffer.from('-'));
    expect(refused.failure?.errno).toBe('EINVAL');
    const script = await exported(session);
    expect(script).toContain('mkdir "/a b\\n\\xff"');
    expect(script).toContain('write /default/memory.low_wmark_in_bytes "16M\\n"');
    expect(script).toContain('memory.low_wmark_in_bytes=-');
    await session.close();
  });
});
