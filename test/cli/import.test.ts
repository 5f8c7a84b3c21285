import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { PUBLISHED } from '../../src/workload/formats.ts';
import { SAMPLE_SOURCES } from '../../src/workload/samples/sources.ts';
import { Desk, replayed } from './recordings.ts';

vi.setConfig({ testTimeout: 60_000 });

const desk = new Desk();
afterAll(() => desk.remove());
const textOf = (name: string): string => readFileSync(desk.path(name), 'utf8');
const TRACE = fileURLToPath(new URL('../../fixtures/recorded/sqlite-load.csv.gz', import.meta.url));

const SAMPLES = `time,anon,file,read,write
2026-07-01T12:00:00Z,50M,20M,0,0
2026-07-01T12:00:15Z,80M,60M,41943040,1048576
2026-07-01T12:00:30Z,60M,60M,62914560,2097152
`;

it('samples become a script that has their memory, reads and writes', async () => {
  writeFileSync(desk.path('samples.csv'), SAMPLES);
  const ended = await desk.memcg('import', 'samples.csv', '-o', 'samples.memcg');
  expect(ended).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(textOf('samples.memcg')).toMatch(/^# State: completed\n# samples\.csv, imported by memcg import\n/);
  const { result, peak, read, written } = await replayed(desk.path('samples.memcg'));
  expect(result.error).toBeNull();
  expect(result.virtualNs / 1e9).toBeCloseTo(30, 0);
  expect([peak, read, written].map((bytes) => bytes / 2 ** 20)).toEqual([80, 80, 2]);
});

it("a table's peak has what was written once: in its file memory", async () => {
  const rows = ['0,100M,100M,0,0', '15,100M,200M,50M,100M'];
  writeFileSync(desk.path('once.csv'), `time,anon,file,read,write\n${rows.join('\n')}\n`);
  expect((await desk.memcg('import', 'once.csv', '-o', 'once.memcg')).status).toBe(0);
  expect(textOf('once.memcg')).toContain('100M written; peak 300M without a limit');
});

it('a script goes to standard output where no file is named', async () => {
  const { status, stdout } = await desk.memcg('import', 'samples.csv', '--task', 'web');
  expect(status).toBe(0);
  expect(stdout).toContain('\nspawn web --rereads unknown\n');
  expect(stdout).toMatch(/\nkill web\n\n# In 30s: /);
});

it('of a damaged table the beginning is kept', async () => {
  writeFileSync(desk.path('cut.csv'), `${SAMPLES}2026-07-01T12:00:20Z,1,1,1,1\n`);
  const { status, stderr } = await desk.memcg('import', 'cut.csv', '-o', 'cut.memcg');
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /^memcg: import: cut\.csv:5:1: time .* sort the rows by time\nwhat came before it is kept/,
  );
  expect(textOf('cut.memcg')).toMatch(/^# State: cut short\n/);
  expect((await replayed(desk.path('cut.memcg'))).result.error).toBeNull();
});

it('what is taken for granted of a trace is said, once by whom', async () => {
  writeFileSync(desk.path('volumes.csv'), 'Timestamp,Offset,Size,IOType,VolumeID\n1,0,8,0,7\n2,8,8,1,9\n');
  const { status, stderr } = await desk.memcg('import', 'volumes.csv', '-o', 'volumes.memcg');
  expect(status).toBe(0);
  expect(stderr).toBe(
    'memcg: import: volumes are taken for one: file=VolumeID in --format keeps them apart\n',
  );
});

it('times that go backwards are refused with the option that sorts them, and with it replayed in order', async () => {
  writeFileSync(desk.path('back.csv'), 'time,op,offset,size\n2,w,4096,4096\n1,r,0,4096\n');
  const refused = await desk.memcg('import', 'back.csv', '-o', 'back.memcg');
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain('times must not go backwards; --sort puts them in order');
  const sorted = await desk.memcg('import', '--sort', 'back.csv', '-o', 'back.memcg');
  expect(sorted).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(textOf('back.memcg')).toContain('2 records in 1s, 1 of them writes');
  expect((await replayed(desk.path('back.memcg'))).result.error).toBeNull();
});

it('--formats lists the published formats with their units, headers and sources', async () => {
  const { status, stdout } = await desk.memcg('import', '--formats');
  expect(status).toBe(0);
  for (const { name, source } of [...PUBLISHED, ...SAMPLE_SOURCES])
    expect(stdout).toMatch(new RegExp(`^${name}\\n(  .+\\n)*  ${source.replace(/[.()'/]/g, '.')}`, 'm'));
});

it('of several series one is chosen, and what was left out is said', async () => {
  const rows = [0, 15].map((time) => `${time},web-0,${time + 50}M,7\n${time},web-1,5M,7\n`);
  writeFileSync(desk.path('pods.csv'), `time,pod,rss,reads/s\n${rows.join('')}`);
  const refused = await desk.memcg('import', 'pods.csv', '-o', 'pods.memcg');
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain('(pod: "web-0", "web-1"): choose one with --column pod=web-0');
  const { status, stderr } = await desk.memcg(
    ...'import --column pod=web-0 pods.csv -o pods.memcg'.split(' '),
  );
  expect(status).toBe(0);
  expect(stderr).toContain('left out: "reads/s", which count operations');
  expect(textOf('pods.memcg')).toContain('at most 65M anonymous, 0 read, 0 written');
  expect((await replayed(desk.path('pods.memcg'))).peak).toBe(65 * 2 ** 20);
});

it('a page trace is read through, and named in a script', async () => {
  copyFileSync(TRACE, desk.path('load.csv.gz'));
  expect((await desk.memcg('import', 'load.csv.gz', '-o', 'load.memcg')).status).toBe(0);
  const script = textOf('load.memcg');
  expect(script).toContain('64720 records in 8.044s, 12287 of them writes');
  expect(script).toMatch(/\nrun load trace load\.csv\.gz --format csv:time=time,/);
  const { result } = await replayed(desk.path('load.memcg'));
  expect(result.error).toBeNull();
});

it.each([
  ['a file that is not there', ['no.csv'], 3, /no\.csv: there is no such file/],
  ['a format that is none', ['samples.csv', '--format', 'bogus'], 2, /the formats are csv .* and samples/],
  ['a script that cannot be written', ['samples.csv', '-o', 'no/such/x'], 3, /no\/such\/x: no such file/],
  ['a disk that is full', ['samples.csv', '-o', '/dev/full'], 3, /\/dev\/full: no space left on device/],
  ['a task that is none', ['samples.csv', '--task', '1'], 2, /'1' is not a task's name/],
])('%s', async (_, args, status, message) => {
  const ended = await desk.memcg('import', ...args);
  expect(ended.status).toBe(status);
  expect(ended.stderr).toMatch(message);
});
