import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Desk } from './recordings.ts';

vi.setConfig({ testTimeout: 120_000 });

const desk = new Desk();
afterAll(() => desk.remove());
const memcg = (...words: string[]) => desk.memcg('explore', ...words);

describe('memcg explore', () => {
  it('shows the run that frees a cgroup below its memcontd, with the line of the patch beside each step', async () => {
    const { status, stdout, stderr } = await memcg('rmdir');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^use-after-free: [^:]* after 25\s+steps$/m);
    expect(stdout).toMatch(/^ {6}writer {2}rmdir {2}memcontd 1$/m);
    expect(stdout).toMatch(
      /^ {2}25 +[●*] +css_get\(&mem->css\)\n +3\/4 @@ -891 mem_cgroup_reclaim_daemon\(\)$/m,
    );
  });

  it('numbers the steps of a round that goes on for ever behind those that lead there, in text, page and trace', async () => {
    const [html, perfetto] = [desk.path('spin.html'), desk.path('spin.json')];
    const { stdout } = await memcg('freezer-spin', '--html', html, '--perfetto', perfetto);
    const numbers = [...stdout.matchAll(/^ {0,3}(-?\d+) {2}/gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(stdout).toMatch(/^and from then on, for ever:$/m);
    expect(readFileSync(html, 'utf8').match(/<tr><td class="number">/g)).toHaveLength(numbers.length);
    const { traceEvents } = JSON.parse(readFileSync(perfetto, 'utf8'));
    expect(traceEvents.filter(({ ph }: { ph: string }) => ph === 'X')).toHaveLength(numbers.length);
  });

  it('says that the repair holds', async () => {
    const { status, stdout } = await memcg('rmdir', '--fix', 'cgroup-mutex', '--memory-model', 'tso');
    expect(status).toBe(0);
    expect(stdout).toMatch(/No property is broken\./);
  });

  it('writes a page and a trace of the runs, and all as JSON', async () => {
    const [html, perfetto] = [desk.path('run.html'), desk.path('run.json')];
    const { status, stdout } = await memcg('rmdir', '--json', '--html', html, '--perfetto', perfetto);
    expect(status).toBe(1);
    const [finding] = JSON.parse(stdout);
    const [{ property, run }] = finding.violations;
    expect([property, run.steps.length]).toEqual(['use-after-free', 25]);
    const page = readFileSync(html, 'utf8');
    expect(page.match(/<tr><td class="number">/g)).toHaveLength(
      finding.violations.reduce(
        (sum: number, each: { run: { steps: unknown[] } }) => sum + each.run.steps.length,
        0,
      ),
    );
    const { traceEvents } = JSON.parse(readFileSync(perfetto, 'utf8'));
    expect(
      traceEvents.filter(({ ph, pid }: { ph: string; pid: number }) => ph === 'X' && pid === 1),
    ).toHaveLength(25);
  });

  it('tries every mutant', async () => {
    const { status, stdout } = await memcg('--mutants', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).every(({ by }: { by: unknown }) => by !== null)).toBe(true);
  });

  it.each([
    [['nowhere'], /there is no scenario nowhere: charge, tight/],
    [['--tasks', '9'], /a whole number from 1 to 4/],
    [['--fix', 'hope'], /there is no hope: creator-reference/],
    [['rmdir', '--script', 'x'], /--script runs a script, and rmdir is of the model/],
    [['--script', 'x', '--no-reduction'], /--script runs a script, and --no-reduction is of the model/],
    [['--orders', '5'], /--orders is of a script: name it with --script/],
    [['--script', 'x', '--preemptions', '-1'], /a whole number from 0 to 100/],
    [['rmdir', '--mutants'], /--mutants tries each in every scenario: leave out rmdir/],
    [['--mutants', '--fix', 'cgroup-mutex'], /leave out --fix/],
    [['--html', 'x.html'], /--html and --perfetto show one scenario: name it/],
  ])('%j is a mistake', async (words, message) => {
    const { status, stdout, stderr } = await memcg(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('shows in its help a script that holds by luck, and does as printed', async () => {
    const help = (await memcg('--help')).stdout;
    const [, script] = /^ {2}echo '([^']*)' \| memcg explore --script -$/m.exec(help) ?? [];
    const path = desk.path('luck.memcg');
    writeFileSync(path, script ?? '');
    const { status, stdout } = await memcg('--script', path);
    expect(status).toBe(1);
    expect(stdout).toMatch(/orders, all there are with\s+at\s+most\s+1\s+preemption/);
    expect(stdout).toMatch(/9: a\/usage_in_bytes == 64K +\d+ of \d+ +by luck/);
    const json = await memcg('--script', path, '--json', '--orders', '10');
    expect(JSON.parse(json.stdout)).toMatchObject({ orders: 10, complete: false });
  });

  it('writes through no link', async () => {
    writeFileSync(desk.path('theirs'), 'kept');
    symlinkSync(desk.path('theirs'), desk.path('link.html'));
    const { status, stderr } = await memcg('stop', '--html', desk.path('link.html'));
    expect(status).toBe(3);
    expect(stderr).toMatch(/link\.html can't be written: ELOOP/);
    expect(readFileSync(desk.path('theirs'), 'utf8')).toBe('kept');
  });

  it('says that a page can not be written', async () => {
    const { status, stderr } = await memcg('stop', '--html', desk.path('no/where.html'));
    expect(status).toBe(3);
    expect(stderr).toMatch(/^memcg: explore: .*no\/where\.html can't be written: ENOENT/);
  });
});
