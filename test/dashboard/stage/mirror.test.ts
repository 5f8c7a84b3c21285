import { appendFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Mirror } from '../../../src/dashboard/stage/mirror.ts';
import { ns } from '../../../src/kernel/units.ts';
import { REMEMBERED, TraceMemory } from '../../../src/script/traces.ts';
import type { Session } from '../../../src/session/session.ts';
import { Folder, openIn, run } from '../../session/sessions.ts';
import { fingerprint } from '../../support/texts.ts';

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
});

afterEach(() => {
  folder[Symbol.dispose]();
});

const SESSION = [
  'mkdir web',
  'set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
  'spawn reader web',
  'start reader stream data.img 40M',
  'STEP 3ms',
  'write web/high_wmark_in_bytes 80M',
  'STEP 40ms',
  'mv web site',
  'spawn hog site',
  'start hog alloc 7M',
  'STEP 30ms',
  'stop --no-wait reader',
  'kill --no-wait reader',
  'STEP 1us',
  'set site limit_in_bytes=16M high_wmark_in_bytes=12M',
  'kill --no-wait hog',
  'STEP 7ms',
  'rmdir site',
  'STEP 10ms',
];

/** `STEP TIME` lets so much virtual time pass; nothing else does. */
async function obey(session: Session, line: string): Promise<void> {
  const { signal } = new AbortController();
  const [word, time = ''] = line.split(' ');
  if (word !== 'STEP') await run(session, line);
  else await session.live.step(ns(Number.parseInt(time, 10) * (time.endsWith('us') ? 1e3 : 1e6)), signal);
}

async function paused(boot = {}): Promise<Session> {
  const { session } = await openIn(folder.path, boot);
  session.live.clock.setPaused(true, session.live.machine.now);
  session.live.rearm();
  return session;
}

async function follow(mirror: Mirror, session: Session): Promise<void> {
  const position = session.readable();
  expect(await mirror.follow(position, session.clock.virtual_ns, Infinity)).toBe(true);
}

function mirrorOf(how: 'newest' | 'oldest', present = Infinity): Mirror {
  const mirror = Mirror[how](folder.path, new TraceMemory(REMEMBERED), present);
  if (mirror === null) throw new Error('there is nothing to be mirrored');
  return mirror;
}

test('a mirror that follows a session is its machine, at every step', async () => {
  const session = await paused();
  const mirror = mirrorOf('newest');
  for (const line of SESSION) {
    await obey(session, line);
    await follow(mirror, session);
    expect(fingerprint(mirror.observed.machine), line).toBe(fingerprint(session.live.machine));
  }
  await session.close();
});

test('one that begins with a save state, and one that begins with the boot, come to the same', async () => {
  const first = await paused();
  for (const line of SESSION.slice(0, 11)) await obey(first, line);
  await first.close();

  const session = await paused();
  for (const line of SESSION.slice(11, 15)) await obey(session, line);
  const [late, whole] = [mirrorOf('newest'), mirrorOf('oldest')];
  expect([late.isWhole, whole.isWhole]).toEqual([false, true]);
  for (const mirror of [late, whole]) {
    await follow(mirror, session);
    expect(fingerprint(mirror.observed.machine)).toBe(fingerprint(session.live.machine));
  }
  expect(late.past.begin).toBeGreaterThan(0);
  expect(whole.past.begin).toBe(0);
  await session.close();
});

test('it begins with the newest state that is old enough to tell the rates of now, else with the oldest', async () => {
  const ends: number[] = [];
  for (let i = 0; i < 2; i += 1) {
    const session = await paused();
    await session.live.step(ns(2e9), new AbortController().signal);
    ends.push(session.clock.virtual_ns);
    await session.close();
  }
  const begins = [ends[1] + 2e9, ends[1] + 1e9, ends[0] + 1e9].map(
    (present) => mirrorOf('newest', present).observed.machine.now,
  );
  expect(begins).toEqual([ends[1], ends[0], ends[0]]);
});

test('on its way to a present that is far it keeps no states, and does again no more than came after the newest', async () => {
  const session = await paused();
  for (const line of ['mkdir web', 'set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M'])
    await obey(session, line);
  for (const line of ['spawn reader web', 'start reader stream data.img 1G --rate 8M/s'])
    await obey(session, line);
  await session.live.step(ns(60e9), new AbortController().signal);
  const mirror = mirrorOf('newest');
  await follow(mirror, session);
  const states = mirror.past.states;
  expect(states.first?.time).toBe(0);
  // The next one was taken where it began to look closely.
  expect(states.length === 1 || (states.last?.time ?? 0) > 56e9).toBe(true);
  expect(states.length).toBeLessThanOrEqual(4);
  expect(fingerprint(mirror.observed.machine)).toBe(fingerprint(session.live.machine));
  await session.close();
});

test('where the journal has lost its beginning the past begins with the oldest state', async () => {
  const first = await paused();
  for (const line of SESSION.slice(0, 11)) await obey(first, line);
  await first.close();
  rmSync(folder.at('journal'));

  const session = await paused();
  const mirror = mirrorOf('oldest');
  await follow(mirror, session);
  expect(mirror.past.begin).toBeGreaterThan(0);
  expect(fingerprint(mirror.observed.machine)).toBe(fingerprint(session.live.machine));
  await session.close();
});

test('a journal that is damaged is followed up to the damage', async () => {
  const session = await paused();
  const mirror = mirrorOf('newest');
  await follow(mirror, session);
  await obey(session, 'mkdir one');
  const sound = session.readable();
  appendFileSync(folder.at('journal'), '00000000 5 mkdir /forged\n');
  await mirror.follow(sound + 25, session.clock.virtual_ns, Infinity);
  expect(mirror.isDamaged).toBe(true);
  expect(mirror.observed.machine.cgroups()).toContain('/one');
  expect(mirror.observed.machine.cgroups()).not.toContain('/forged');
  await session.close();
});
