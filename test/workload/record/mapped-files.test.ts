import { expect, it } from 'vitest';
import { MappedFiles } from '../../../src/workload/record/mapped-files.ts';

const MIB = 1 << 20;

it('counts each file once, as the one who has most of it, and those of processes that have ended', () => {
  const files = new MappedFiles(() => 3 * MIB);
  files.saw('/lib/c', 3 * MIB);
  files.saw('/lib/c', 2 * MIB);
  files.saw('/bin/a', MIB);
  files.saw('/bin/b', MIB);
  expect(files.total).toBe(5 * MIB);
});

it('takes a mapping that was gone before anybody looked for touched, up to a size', () => {
  const files = new MappedFiles(() => 3 * MIB);
  files.map('/bin/short', MIB / 2);
  files.map('/usr/lib/locale/archive', 20 * MIB);
  files.looked();
  expect(files.total).toBe(0);
  files.looked();
  expect(files.total).toBe(2.5 * MIB);
});

it('goes by what it sees of a mapping where it sees one, be that nothing', () => {
  const files = new MappedFiles(() => 3 * MIB);
  files.map('/bin/long', 2 * MIB);
  files.looked();
  files.saw('/bin/long', 0);
  files.looked();
  expect(files.total).toBe(0);
});

it('has in the page cache what is read round a touched page, each window once, to the end of the file', () => {
  const files = new MappedFiles(() => MIB + 4096);
  files.saw('/lib/c', 8192);
  files.sawWindows('/lib/c', new Set([0, 3]));
  files.sawWindows('/lib/c', new Set([3, 4]));
  files.looked();
  expect([files.total, files.cached]).toEqual([8192, (3 * MIB) / 8]);
  files.sawWindows('/lib/c', new Set([1, 2, 5, 6, 7, 8]));
  files.looked();
  expect(files.cached).toBe(MIB + 4096);
});
