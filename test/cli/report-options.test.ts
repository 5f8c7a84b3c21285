import { symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { ontoStdout, readReports } from '../../src/cli/options/reports.ts';
import { folder } from '../script/scripts.ts';

const files = folder({ 'a.memcg': '', 'old.svg': '' });
symlinkSync('a.memcg', files.path('link.memcg'));
writeFileSync(files.path('b.memcg'), '');
afterAll(files.remove);

const script = files.path('a.memcg');

describe('the reports of replay', () => {
  it('are what was asked for, in one order', () => {
    expect(readReports({ csv: 'a.csv', svg: '-' }, ['a.memcg', '-'])).toEqual([
      { kind: 'svg', path: '-' },
      { kind: 'csv', path: 'a.csv' },
    ]);
    expect(ontoStdout(readReports({ html: '-' }, []))).toBe(true);
    expect(ontoStdout(readReports({ html: 'x' }, []))).toBe(false);
  });

  it.each<[object, RegExp]>([
    [{ svg: '' }, /^--svg: a file has a name/],
    [{ svg: 'x', html: './x' }, /^--html: --svg is written there: name another file than '\.\/x'/],
    [{ svg: '-', csv: '-' }, /^--csv: --svg is written there/],
    [{ svg: '-', json: true }, /^--svg: --json has standard output to itself/],
    [{ perfetto: 'e', events: 'e' }, /^--perfetto: --events is written there/],
    [{ svg: script }, /^--svg: the script '.*a\.memcg' is read from there/],
    [{ svg: files.path('link.memcg') }, /is read from there/],
  ])('%j are a mistake', (given, message) => {
    expect(() => readReports(given, [script])).toThrow(message);
  });
});
