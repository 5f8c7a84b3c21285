import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSaveFile, unpackSaveFile } from '../../src/session/save-file.ts';
import { SessionError } from '../../src/session/session-error.ts';
import { exported, Folder, openIn, run, runAll } from './sessions.ts';

describe('a saved session', () => {
  test('goes on elsewhere as it would have here, and can be exported from its beginning', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn a', 'start a stream data.img 1G', 'mkdir web']);
    session.live.clock.setPaused(true, session.live.machine.now);
    await session.saveTo(folder.at('file'));
    const state = session.live.machine.save();
    const script = await exported(session);
    await unpackSaveFile(folder.at('file'), folder.at('other'));
    const other = await openIn(folder.at('other'));
    other.session.live.clock.setPaused(true, other.session.live.machine.now);
    const { now } = other.session.live.machine;
    session.live.machine.run(now);
    expect(other.session.live.machine.save()).toEqual(
      now === state.state.mm.sched.now ? state : session.live.machine.save(),
    );
    expect(await exported(other.session)).toContain(script.split('\n').slice(0, -2).join('\n'));
    await run(other.session, 'mkdir only-here');
    expect(session.live.machine.cgroups()).not.toContain('/only-here');
    await session.close();
    await other.session.close();
  });

  test('takes its traces along', async () => {
    using folder = new Folder();
    const trace = folder.at('some.csv');
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i / 1e4},${(i % 500) * 4096},4096`);
    writeFileSync(trace, `time,offset,size\n${rows.join('\n')}\n`);
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn a', `start a trace ${trace}`]);
    await session.saveTo(folder.at('file'));
    await session.close();
    await unpackSaveFile(folder.at('file'), folder.at('other'));
    const other = await openIn(folder.at('other'));
    other.session.live.clock.setSpeed('max', other.session.live.machine.now);
    await runAll(other.session, ['wait a']);
    expect(other.session.live.machine.usage('/default').usage).toBe(500);
    expect(other.notices).toEqual([]);
    await other.session.close();
  });

  test.each([
    ['empty', ''],
    ['a text', 'hello\n'],
    ['JSON of something else', '{}\n'],
  ])('is not %s', (_, text) => {
    using folder = new Folder();
    mkdirSync(folder.at('s'));
    writeFileSync(folder.at('file'), text);
    expect(() => readSaveFile(folder.at('file'))).toThrow(SessionError);
  });

  test('with one bit flipped is refused', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await session.saveTo(folder.at('file'));
    await session.close();
    const bytes = readFileSync(folder.at('file'));
    for (const at of [200, bytes.length >> 1, bytes.length - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 4;
      writeFileSync(folder.at('damaged'), damaged);
      expect(() => readSaveFile(folder.at('damaged'))).toThrow(SessionError);
    }
  });
});
