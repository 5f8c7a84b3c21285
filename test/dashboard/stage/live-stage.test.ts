import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionStage } from '../../../src/dashboard/stage/live-stage.ts';
import { openSessionStage } from '../../../src/dashboard/stage/open.ts';
import type { Stage } from '../../../src/dashboard/stage/stage.ts';
import { Budget } from '../../../src/session/budget.ts';
import { connect } from '../../../src/session/client.ts';
import { Server } from '../../../src/session/server.ts';
import { traceOpener } from '../../../src/workload/trace-opener.ts';
import { Folder, NO_MOUNTS } from '../../session/sessions.ts';
import { ms } from './scripts.ts';

const SESSION = 'shown';
const GROUP = '/default';

let folder: Folder;
let server: Server;

async function serve(): Promise<void> {
  server = new Server({
    budget: new Budget(),
    session: SESSION,
    boot: {},
    sync: false,
    opener: traceOpener,
    mounter: NO_MOUNTS,
  });
  await server.start();
}

beforeEach(async () => {
  folder = new Folder();
  process.env['XDG_RUNTIME_DIR'] = folder.path;
  process.env['XDG_STATE_HOME'] = folder.at('state');
  mkdirSync(folder.at('memcg'), { mode: 0o700 });
  await serve();
});

afterEach(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});

const open = (): Promise<SessionStage> =>
  openSessionStage({ connect: { session: SESSION, boot: 'never' }, group: GROUP, directory: '/' });

/** Advances until it holds. */
async function until(stage: Stage, holds: () => boolean): Promise<void> {
  while (!holds()) {
    await stage.advance();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const paths = (stage: Stage): string[] => stage.snapshot().cgroups.map(({ path }) => path);
const usage = (stage: Stage, path = GROUP): number | undefined =>
  stage.snapshot().cgroups.find((row) => row.path === path)?.usage.usage;

describe('the stage of a session', () => {
  test('shows what is done here and by others, and what the machine does with it', async () => {
    const stage = await open();
    expect(await stage.execute('mkdir web')).toEqual({ ok: true, text: '' });
    await until(stage, () => paths(stage).includes('/web'));

    const other = await connect({ session: SESSION, boot: 'never' });
    for (const line of ['spawn reader web', 'start reader stream data.img 20M'])
      await other.request('execute', { line, group: GROUP, directory: '/', input: null });
    await until(stage, () => usage(stage, '/web') === 20 * 256);
    const server20M = (await other.request('inspect', {})).cgroups.find(({ path }) => path === '/web');
    expect(server20M?.usage.usage).toBe(20 * 256);
    other.close();
    await stage.close();
  });

  test('says what the kernel refuses, with the rule', async () => {
    const stage = await open();
    expect(await stage.execute('write high_wmark_in_bytes 140M')).toEqual({
      ok: false,
      text:
        'write default/memory.high_wmark_in_bytes: EINVAL: Invalid argument: ' +
        '140M is above limit_in_bytes (128M): raise the limit first',
    });
    await stage.close();
  });

  test('pauses, steps and goes on with the session', async () => {
    const stage = await open();
    await stage.pause();
    const { time } = stage.clock();
    await stage.step(ms(5));
    expect(stage.clock()).toMatchObject({ paused: true, time: time + 5e6 });
    await stage.advance();
    expect(await stage.advance()).toBe(false);
    await stage.setSpeed(10);
    await stage.resume();
    expect(stage.clock()).toMatchObject({ paused: false, speed: 10 });
    await stage.close();
  });

  test('goes back, asks what if, and compares both futures', async () => {
    const stage = await open();
    await stage.pause();
    for (const line of [
      'set default low_wmark_in_bytes=8M high_wmark_in_bytes=8M limit_in_bytes=8M',
      'spawn reader',
      'start reader stream data.img 20M',
    ])
      expect(await stage.execute(line)).toMatchObject({ ok: true });
    await stage.step(ms(20));
    await stage.step(ms(200));
    await stage.advance();
    const { present } = stage.clock();
    await stage.goTo(ms((present - 190e6) / 1e6));
    expect(stage.clock()).toMatchObject({ standing: 'past', time: present - 190e6 });
    expect(await stage.whatIf('set default low_wmark_in_bytes=4M high_wmark_in_bytes=6M')).toMatchObject({
      ok: true,
    });
    await until(stage, () => stage.fork?.progress === 1);
    const rows = Object.fromEntries((stage.fork?.compare(GROUP) ?? []).map((row) => [row.name, row]));
    expect(rows['stalls']?.was).toBeGreaterThan(50);
    expect(rows['stalls']?.whatIf).toBeLessThan(5);
    await stage.toPresent();
    expect(stage.clock().standing).toBe('what if');
    stage.dropFork();
    expect(usage(stage)).toBeGreaterThan(6 * 256);
    await stage.close();
  });

  test('has the whole past, also when the session is older than its server', async () => {
    const first = await open();
    await first.execute('mkdir early');
    await first.close();
    await server.stop();
    await serve();
    const stage = await open();
    await until(stage, () => stage.clock().recalling === null);
    expect(stage.clock().begin).toBe(0);
    await stage.goTo(ms(0));
    expect(paths(stage)).not.toContain('/early');
    await stage.toPresent();
    expect(paths(stage)).toContain('/early');
    await stage.close();
  });

  test('never shows the past as the present: it says how far it is on the way, and can be waited for', async () => {
    const other = await connect({ session: SESSION, boot: 'never' });
    const tell = (line: string) =>
      other.request('execute', { line, group: GROUP, directory: '/', input: null });
    await other.request('pause', {});
    for (const line of ['spawn reader', 'start reader stream data.img 64G']) await tell(line);
    const { virtual_ns: now } = await other.request('step', { time: ms(20_000) });
    const stage = await open();
    expect(stage.clock().present).toBeLessThan(now);
    expect(stage.clock().catchingUp).not.toBeNull();
    const told: number[] = [];
    await stage.catchUp((done) => told.push(done));
    expect(stage.clock()).toMatchObject({ time: now, catchingUp: null });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(stage.snapshot().cgroups.find(({ path }) => path === GROUP)?.rates.charged).toBeGreaterThan(0);
    other.close();
    await stage.close();
  });

  test('says that the session was reset, and goes on with the new one', async () => {
    const stage = await open();
    await stage.execute('mkdir web');
    const other = await connect({ session: SESSION, boot: 'never' });
    await other.request('reset', {});
    other.close();
    await until(stage, () => !paths(stage).includes('/web'));
    expect(stage.notices.at(-1)).toContain('reset or loaded');
    await stage.close();
  });

  test('says that the server is gone, keeps what it has, and finds the next one', async () => {
    const stage = await open();
    await stage.execute('mkdir web');
    await until(stage, () => paths(stage).includes('/web'));
    await server.stop();
    await until(stage, () => stage.notices.length > 0);
    expect(stage.notices.at(-1)).toContain('server is gone');
    expect(paths(stage)).toContain('/web');
    expect(await stage.execute('mkdir db')).toMatchObject({ ok: false });
    await stage.goTo(ms(0));
    expect(paths(stage)).not.toContain('/web');
    await serve();
    await until(stage, () => stage.notices.length > 1);
    expect(stage.notices.at(-1)).toContain('is back');
    expect(paths(stage)).toContain('/web');
    await stage.close();
  });

  test('is told at once of what others do, however long nothing moved', async () => {
    const stage = await open();
    await stage.pause();
    await stage.advance();
    await stage.advance();
    const told = new Promise<void>((resolve) => {
      stage.subscribe(resolve);
    });
    const other = await connect({ session: SESSION, boot: 'never' });
    // Longer than the stage waits for one answer.
    const { change } = await other.request('follow', { after: null, patience: 0 });
    await other.request('follow', { after: change, patience: 2500 });
    await other.request('execute', { line: 'mkdir web', group: GROUP, directory: '/', input: null });
    await told;
    await stage.advance();
    expect(paths(stage)).toContain('/web');
    other.close();
    await stage.close();
  });
});
