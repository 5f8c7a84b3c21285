import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Sandbox } from './shells.ts';
import { Terminal } from './terminal.ts';
import { inTerminal } from './tmux.ts';

const SIZE = { columns: 120, rows: 40 };

let sandbox: Sandbox;
let terminal: Terminal;
const open = (env: Record<string, string> = {}, size = SIZE): Terminal => {
  terminal = new Terminal((line) => sandbox.run('sh', line), size, env);
  return terminal;
};
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => {
  terminal?.close();
  sandbox.remove();
});

const LEFT = 'left with';

inTerminal('memcg top in a real terminal', () => {
  test('from the first look to another future, and back to the shell as it was', async () => {
    const shell = open();
    sandbox.run('sh', 'memcg mkdir web; memcg spawn reader web');
    await shell.shows('$');
    shell.enter('echo before');
    await shell.shows(/^before/m);
    shell.type('memcg top');
    const before = await shell.shows('$ memcg top');
    shell.press('Enter');

    await shell.shows('default session');
    shell.press('End');
    await shell.shows(/^▶.*web.* none /m);

    // Marks: the second starts the thread.
    shell.press(':');
    shell.enter('write web/low_wmark_in_bytes 48M');
    await shell.shows('write web/low_wmark_in_bytes 48M');
    shell.press('e');
    await shell.shows('memory.high_wmark_in_bytes');
    shell.type('40M');
    await shell.shows('!! 40M is below low_wmark_in_bytes (48M)');
    shell.press('Enter');
    await shell.shows('EINVAL: Invalid argument: 40M is below low_wmark_in_bytes (48M)');
    shell.press('C-u');
    shell.enter('56M');
    await shell.shows('memory.high_wmark_in_bytes is 58720256 now');
    await shell.shows(/^▶.*web.* asleep /m);
    shell.press('e');
    await shell.shows('memory.high_wmark_in_bytes (now 56M) =');
    shell.press('Down');
    await shell.until('asks for another file', (screen) => !screen.includes('(now 56M)'));
    shell.press('Escape');
    await shell.shows('? help');
    shell.press(':');
    shell.enter('write web/limit_in_bytes 64M');
    await shell.shows('limit 64M');

    // It keeps a reader from meeting the limit.
    shell.press(':');
    shell.enter('start reader stream data.img 64G');
    await shell.shows('/web  BACKGROUND ONLY');
    await shell.shows(/ background +[\d.]+M\/s/);

    shell.press('Space');
    await shell.shows('PAUSED');
    shell.press('T');
    await shell.shows('PAST');
    shell.press('Left');
    await shell.shows(/▲ [\d.]+/);

    // What if it had been stopped then?
    shell.press(':');
    shell.enter('write web/reclaimd stop');
    await shell.shows('What if?');
    shell.press('y');
    const comparison = await shell.shows(/limit failures +0 +[1-9][\d,]* .*worse/);
    expect(comparison).toContain('WHAT IF');
    expect(comparison).toMatch(/stalls +0 +[1-9][\d,]* .*worse/);
    expect(comparison).toContain('┅ what if');
    shell.press('x', 'G');
    const present = await shell.until(
      'is back',
      (screen) => /1x +PAUSED/.test(screen) && !screen.includes('WHAT IF'),
    );
    expect(present).not.toContain('7 what if');

    shell.press('q');
    const after = await shell.until('is the shell again', (screen) => screen.endsWith('\n$'));
    expect(after).toBe(`${before}\n$`);
    expect([shell.state('alternate_on'), shell.state('cursor_flag')]).toEqual(['0', '1']);
  });

  test.each([
    ['q', (shell: Terminal) => shell.press('q'), 'left with 0', ''],
    ['^C', (shell: Terminal) => shell.press('C-c'), 'left with 130', ''],
    ['SIGTERM', kill('TERM'), 'left with 143', ''],
    ['SIGHUP', kill('HUP'), 'left with 129', ''],
    ['a crash', kill('USR2'), 'left with 1', 'Error: crashed'],
  ])('%s leaves a clean screen and a shell that one can type into', async (_, leave, status, said) => {
    const shell = open({
      NODE_OPTIONS: `--import=data:text/javascript,process.on(%22SIGUSR2%22,()=>{throw%20new%20Error(%22crashed%22)})`,
    });
    await shell.shows('$');
    shell.enter(`sh -c 'echo $$ > pid; exec memcg top'; echo ${LEFT} $?`);
    await shell.shows('/default  CALM');
    leave(shell);
    const left = await shell.shows(status);
    expect(left).toContain(said);
    expect(left).not.toContain('CALM');
    expect([shell.state('alternate_on'), shell.state('cursor_flag')]).toEqual(['0', '1']);
    shell.enter('stty -a | tr -d ";" ');
    expect(await shell.shows(/ icanon /)).toMatch(/ echo /);
  });

  test('ends when it is told to, though nobody reads its terminal any more', async () => {
    const shell = open();
    await shell.shows('$');
    shell.enter(`sh -c 'echo $$ > pid; exec memcg top'; echo $? > status`);
    await shell.shows('/default  CALM');
    const pid = Number(readFileSync(join(sandbox.folder, 'pid'), 'utf8'));
    const status = join(sandbox.folder, 'status');
    const server = Number(shell.state('pid'));
    process.kill(server, 'SIGSTOP');
    try {
      // Each has the whole screen written anew: more than a terminal holds.
      for (let i = 0; i < 40; i += 1) {
        process.kill(pid, 'SIGWINCH');
        await setTimeout(50);
      }
      process.kill(pid, 'SIGTERM');
      await vi.waitFor(() => expect(existsSync(`/proc/${pid}/exe`)).toBe(false), 15_000);
    } finally {
      process.kill(server, 'SIGCONT');
    }
    // What it could not take back of the screen is still there.
    await vi.waitFor(() => expect(readFileSync(status, 'utf8')).toBe('143\n'), 15_000);
  });

  test('^Z gives the terminal back, and fg the dashboard', async () => {
    const shell = open();
    await shell.shows('$');
    shell.enter('echo before; memcg top');
    await shell.shows('/default  CALM');
    shell.press('C-z');
    const stopped = await shell.shows(/Stopped|suspended/);
    expect(stopped).toContain('before');
    expect(shell.state('alternate_on')).toBe('0');
    shell.enter('fg');
    await shell.shows('/default  CALM');
    shell.press('?');
    await shell.shows('What the words and signs mean');
    shell.press('Escape');
    await shell.shows('/default  CALM');
    shell.press('q');
    await shell.until('is the shell again', (screen) => screen.endsWith('$'));
  });

  test('a window that becomes too small says so, and one that grows is filled', async () => {
    const shell = open();
    await shell.shows('$');
    shell.enter('memcg pause; memcg top');
    await shell.shows('/default  CALM');
    // The first frame may be followed by one that knows more.
    const seen: string[] = [];
    const wide = await shell.until('settles', (screen) => {
      seen.push(screen);
      return (
        screen.includes('? help') && seen.length > 20 && seen.slice(-20).every((each) => each === screen)
      );
    });
    shell.resize({ columns: 39, rows: 11 });
    await shell.shows('terminal too small: 39x11');
    shell.resize({ columns: 40, rows: 12 });
    const small = await shell.shows('CALM');
    expect(small.split('\n').length).toBeLessThan(12);
    shell.resize(SIZE);
    await shell.until('is as it was', (screen) => screen === wide);
  });

  test('has the mouse until it is given back, by m or by leaving', async () => {
    const shell = open();
    await shell.shows('$');
    shell.enter('memcg pause; memcg top');
    await shell.shows('/default  CALM');
    const has = () => shell.state('mouse_sgr_flag');
    expect(has()).toBe('1');
    shell.type('\x1b[<0;5;4M');
    await shell.shows(/^▶ *\/ /m);
    shell.press('m');
    await shell.until('has no mouse', () => has() === '0');
    shell.press('m');
    await shell.until('has it again', () => has() === '1');
    shell.press('q');
    await shell.until('is the shell again', (screen) => screen.endsWith('$'));
    expect(has()).toBe('0');
  });

  test('never draws into the last row', async () => {
    const shell = open({}, { columns: 80, rows: 24 });
    await shell.shows('$');
    shell.enter('memcg top');
    const screen = await shell.shows('CALM');
    expect(screen.split('\n').length).toBeLessThan(24);
  });

  test('draws without colours where NO_COLOR asks for that, and says as much', async () => {
    const shell = open({ NO_COLOR: '1' });
    await shell.shows('$');
    shell.enter('memcg top');
    expect(await shell.shows('CALM')).toContain('▶');
    expect(shell.screen({ styled: true })).not.toContain('\x1b[');
  });

  test('draws with colours elsewhere', async () => {
    const shell = open({ NO_COLOR: '' });
    await shell.shows('$');
    shell.enter('memcg top');
    await shell.shows('CALM');
    expect(shell.screen({ styled: true })).toContain('\x1b[');
  });

  test('completes a line, remembers it, and shows what it prints', async () => {
    const shell = open();
    await shell.shows('$');
    shell.enter('memcg pause; memcg top');
    await shell.shows('CALM');
    shell.type(':cat lim');
    await shell.shows(':cat lim');
    shell.press('Tab');
    await shell.shows(':cat limit_in_bytes');
    shell.press('Enter');
    await shell.shows(/^ ?134217728/m);
    shell.type(':');
    shell.press('Up');
    await shell.shows(':cat limit_in_bytes');
    shell.press('Escape');
    shell.enter(':ls');
    await shell.shows('memory.stat');
    shell.press('Escape');
    shell.enter(':write failcnt');
    await shell.shows('TEXT is missing');
  });

  test('shows what another shell does to a paused machine', async () => {
    const shell = open();
    await shell.shows('$');
    shell.enter('memcg pause; memcg top');
    await shell.shows('CALM');
    sandbox.run('sh', 'memcg mkdir elsewhere');
    await shell.shows('elsewhere');
    shell.type('/else');
    await shell.until('is filtered', (screen) => !/─default/.test(screen));
    shell.press('Escape');
    await shell.shows('default');
  });
});

inTerminal('memcg replay --watch', () => {
  test('stays when the script has ended, and then reports and ends as replay does', async () => {
    const shell = open();
    const plain = sandbox.run('sh', `memcg replay --width 120 ${script('oom')}; echo status $?`).stdout;
    await shell.shows('$');
    shell.enter(`clear; memcg replay --watch --width 120 ${script('oom')}; echo status $?`);
    await shell.shows('oom.memcg');
    shell.press(']', ']', ']', ']', ']', ']', ']');
    await shell.shows('ENDED');
    shell.press('Left');
    await shell.shows('PAST');
    shell.enter(':cat web/limit_in_bytes');
    expect(await shell.shows(/^ 16777216$/m)).toContain('PAST');
    shell.press('q');
    const after = await shell.shows(/^status \d/m);
    const tail = (text: string): string[] => text.trimEnd().split('\n').slice(-8);
    expect(tail(after.replace(/\n\$$/, ''))).toEqual(tail(plain));
  });

  test('of a script that fails says why, whole, however narrow the screen is', async () => {
    const shell = open({}, { columns: 60, rows: 24 });
    writeFileSync(
      join(sandbox.folder, 'fails.memcg'),
      'mkdir web\nwrite web/low_wmark_in_bytes 1G\nrmdir nowhere\n',
    );
    await shell.shows('$');
    shell.enter('memcg replay --watch fails.memcg');
    const screen = await shell.shows('ENDED');
    expect(screen.replace(/\s+/g, ' ')).toContain(
      'fails.memcg:3: rmdir nowhere: ENOENT: No such file or directory',
    );
    expect(screen).not.toContain('go on');
    shell.press('Escape');
    await shell.until('has been read', (now) => !now.includes('ENOENT'));
  });

  test('is refused where there is no terminal', () => {
    const { status, stderr } = sandbox.run('sh', `memcg replay --watch ${script('oom')}`);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'memcg: --watch takes a terminal: leave it out here\n',
    });
  });
});

const script = (name: string): string => new URL(`../../fixtures/${name}.memcg`, import.meta.url).pathname;

/** Sends a signal to the dashboard. */
function kill(signal: string): () => void {
  return () => sandbox.run('sh', `kill -${signal} "$(cat pid)"`);
}
