import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exported, Folder, openIn, replayed, run } from './sessions.ts';

const bootScript = fileURLToPath(new URL('../../fixtures/boot.memcg', import.meta.url));

const task = fc.constantFrom('a', 'b', 'c');
const cgroup = fc.constantFrom('default', 'web', 'web/db', '/');
const size = fc.constantFrom('4M', '16M', '40M', '64M');

/** Lines that collide: tasks that are busy, gone or stopped, cgroups that come and go. */
const line = fc.oneof(
  fc.tuple(task, cgroup).map(([t, c]) => `spawn ${t} ${c}`),
  fc.tuple(task, size).map(([t, s]) => `run ${t} stream data.img ${s}`),
  fc.tuple(task, size).map(([t, s]) => `start ${t} stream other.img ${s} --write`),
  fc.tuple(task, size).map(([t, s]) => `start ${t} alloc ${s}`),
  task.map((t) => `stop ${t}`),
  task.map((t) => `kill ${t}`),
  fc.tuple(task, cgroup).map(([t, c]) => `attach ${t} ${c}`),
  cgroup.map((c) => `mkdir ${c}`),
  cgroup.map((c) => `rmdir ${c}`),
  fc
    .tuple(cgroup, size)
    .map(([c, s]) => `set ${c} low_wmark_in_bytes=2M high_wmark_in_bytes=3M limit_in_bytes=${s}`),
  cgroup.map((c) => `write ${c}/force_empty 1`),
  fc.constantFrom('sync', 'drop all', 'wait 2ms', 'cat usage_in_bytes'),
);

describe('a session with several clients at once', () => {
  test('is exported and restored to the state that it has', async () => {
    const client = fc.array(line, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(client, { minLength: 2, maxLength: 5 }), async (clients) => {
        using folder = new Folder();
        const { session } = await openIn(folder.at('s'));
        const patience = AbortSignal.timeout(1500);
        await Promise.all(
          clients.map(async (lines) => {
            for (const each of lines) await run(session, each, patience);
          }),
        );
        session.live.clock.setPaused(true, session.live.machine.now);
        const script = await exported(session);
        const state = session.live.machine.save();
        if (!script.includes('# interrupted'))
          expect(await replayed(script, false, bootScript)).toEqual(state);
        session.live.close();
        const again = await openIn(folder.at('s'));
        again.session.live.clock.setPaused(true, again.session.live.machine.now);
        const { machine } = session.live;
        machine.run(again.session.live.machine.now);
        expect(again.session.live.machine.save()).toEqual(machine.save());
        await again.session.close();
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
