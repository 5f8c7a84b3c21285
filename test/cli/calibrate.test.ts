import { existsSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it, vi } from 'vitest';
import { DEFAULT_COSTS } from '../../src/machine/machine.ts';
import { costsOf } from '../../src/workload/calibrate/costs.ts';
import { Desk } from './recordings.ts';

vi.setConfig({ testTimeout: 120_000 });
const desk = new Desk();
afterAll(() => desk.remove());

it('prints a line that a machine takes, and leaves nothing behind', async () => {
  const { status, stdout, stderr } = await desk.memcg('calibrate');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(desk.folder)).toEqual([]);
  expect(stdout).toMatch(/^(# .+\n)+machine( cost\.\w+=\d+ns)+\n$/);
  for (const name of ['fault', 'charge', 'touch', 'copy', 'writeBegin'])
    expect(stdout).toContain(` cost.${name}=`);
  writeFileSync(desk.path('measured.memcg'), stdout);
  expect(await desk.memcg('replay', 'measured.memcg')).toMatchObject({ status: 0, stderr: '' });
});

const TMPFS = 0x01021994;
const hasTmpfs = existsSync('/dev/shm') && statfsSync('/dev/shm').type === TMPFS;
it.runIf(hasTmpfs)('says what can not be measured, and leaves it out', async () => {
  const { stdout } = await desk.memcg('calibrate', '/dev/shm');
  expect(stdout).toMatch(/# Reads from storage can't be measured here/);
  expect(stdout).not.toContain('cost.disk');
});

it('says why where nothing can be written', async () => {
  const { status, stderr } = await desk.memcg('calibrate', 'no/such');
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: 'memcg: calibrate: no/such: no such file or directory\n',
  });
});

it.runIf(existsSync('/proc/self/status'))('is done before a recording that is to bear it', async () => {
  await desk.memcg('record', '--calibrate', '-o', 'here.memcg', '--', 'true');
  const text = readFileSync(desk.path('here.memcg'), 'utf8');
  expect(text).toMatch(/^machine cpus=\d+ memory=\d+M cost\.fault=\d+ns /m);
  expect((await desk.memcg('replay', 'here.memcg')).status).toBe(0);
});

/** What README of the measurements has for a machine of today, ns: the machine then takes as long. */
it('has the parts of what was measured add up to it again', () => {
  const measured = {
    fault: 1400,
    touch: 4,
    copy: 440,
    write: 1300,
    sequential: 8500,
    random: 40_000,
    readAhead: null,
  };
  const costs = { ...DEFAULT_COSTS, ...costsOf(measured) };
  expect(costs.fault + costs.charge).toBe(1400);
  expect(costs.copy + costs.charge + costs.writeBegin).toBe(1300);
  expect(costs.copy + costs.charge + costs.diskPage).toBe(8500);
  expect(costs.copy + costs.charge + costs.diskPage + costs.diskRequest + costs.diskLatency).toBe(40_000);
});
