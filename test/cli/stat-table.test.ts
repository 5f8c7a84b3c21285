import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { CgroupRow } from '../../src/cli/tables/cgroup-rows.ts';
import { statColumns, statJson, statTable } from '../../src/cli/tables/stat-table.ts';
import { ns } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';

const PLAIN = { width: 80, color: false, header: true, raw: false };
const NEVER = (): number => 0;

function rowOf(machine: Machine, path: string): CgroupRow {
  const failcnt = machine.read(`${path}/memory.failcnt`);
  return {
    path,
    usage: machine.usage(path),
    stat: machine.reclaimStat(path),
    failcnt: failcnt.ok ? Number(failcnt.value) : 0,
  };
}

/** A machine with a group of three marks, whose reclaimer sleeps, and one without. */
function rows(): CgroupRow[] {
  const machine = Machine.boot({});
  const write = (file: string, text: string): void => {
    machine.perform({ op: 'write', path: `/web/memory.${file}_in_bytes`, data: Buffer.from(text) });
  };
  machine.perform({ op: 'mkdir', path: '/web' });
  write('low_wmark', '48M');
  write('high_wmark', '56M');
  write('limit', '64M');
  machine.perform({ op: 'mkdir', path: '/web/db' });
  machine.run(ns(1e9));
  return ['/', '/web', '/web/db'].map((path) => rowOf(machine, path));
}

const lines = (text: string): string[] => text.split('\n').slice(0, -1);

describe('the table of memcg stat', () => {
  test('has limits beside usage, a line a cgroup', () => {
    const [header, root, web] = lines(statTable(rows(), NEVER, PLAIN));
    expect(header.split(/ +/).slice(0, 7)).toEqual([
      'CGROUP',
      'USAGE',
      'MAX',
      'STOP',
      'START',
      'LIMIT',
      'FAILCNT',
    ]);
    expect(root.split(/ +/).slice(0, 6)).toEqual(['/', '0', '0', 'unset', 'unset', 'unset']);
    expect(web.split(/ +/).slice(0, 6)).toEqual(['web', '0', '0', '48M', '56M', '64M']);
    expect(web).toContain('sleeping');
  });

  test.each([60, 80, 120])('leaves out what does not fit %i columns', (width) => {
    const table = lines(statTable(rows(), NEVER, { ...PLAIN, width }));
    expect(table.filter((line) => stringWidth(line) > width)).toEqual([]);
    expect(new Set(table.map((line) => line.split(/ {2,}/).length)).size).toBe(1);
  });

  test('has the columns that help tells of', () => {
    const [header] = lines(statTable(rows(), NEVER, { ...PLAIN, width: 200 }));
    expect(statColumns().map(([title]) => title)).toEqual(header.split(/ +/));
  });

  test('keeps usage and marks longest', () => {
    const [header] = lines(statTable(rows(), NEVER, { ...PLAIN, width: 40 }));
    expect(header.split(/ +/)).toEqual(['CGROUP', 'USAGE', 'STOP', 'START', 'LIMIT']);
  });

  test('is without a header where nobody looks, with every column', () => {
    const table = lines(statTable(rows(), NEVER, { ...PLAIN, width: Infinity, header: false }));
    expect(table.map((line) => line.split(/ +/).length)).toEqual([14, 14, 14]);
  });

  test('has exact bytes when asked', () => {
    const [, web] = lines(statTable(rows(), NEVER, { ...PLAIN, width: Infinity, header: false, raw: true }));
    expect(web.split(/ +/).slice(0, 6)).toEqual(['web', '0', '0', '50331648', '58720256', '67108864']);
  });

  test("shows names that would move the terminal's cursor as they are written", () => {
    const [row] = rows();
    expect(statTable([{ ...row, path: '/a\x1b[2J' }], NEVER, PLAIN)).toContain('a\\x1B[2J');
  });

  test('has the marks and counts of the kernel that runs, and names them as it does', () => {
    const machine = Machine.boot({ kernel: '6.1' });
    machine.perform({ op: 'mkdir', path: '/web' });
    machine.perform({ op: 'write', path: '/web/memory.max', data: Buffer.from('64M') });
    const cgroups = [rowOf(machine, '/web')];
    const [header] = lines(statTable(cgroups, NEVER, { ...PLAIN, width: Infinity }, '6.1'));
    expect(header.split(/ +/).slice(0, 6)).toEqual(['CGROUP', 'USAGE', 'PEAK', 'HIGH', 'MAX', 'MAX-EVENTS']);
    const clock = { virtual_ns: ns(0), speed: 1, paused: false };
    const json = JSON.stringify(statJson({ ...clock, kernel: '6.1', cgroups, tasks: [], faults: [] }));
    expect(json).toContain('"memory.max":67108864');
    expect(json).not.toContain('in_bytes');
  });

  test('is JSON for programs, with null for a mark that was never set', () => {
    const clock = { virtual_ns: ns(0), speed: 1, paused: false };
    const found = { ...clock, kernel: '2.6.26' as const, cgroups: rows(), tasks: [], faults: [] };
    expect(statJson(found)).toMatchObject({
      cgroups: [
        { path: '/', limit_in_bytes: null },
        { path: '/web', low_wmark_in_bytes: 48 << 20, failcnt: 0, bg_state: 'sleeping' },
        { path: '/web/db' },
      ],
    });
  });
});
