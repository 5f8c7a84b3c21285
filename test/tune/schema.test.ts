import { describe, expect, test } from 'vitest';
import { checked, job, Malformed, measurement, parsed, taskOf } from '../../src/tune/schema.ts';

const HASH = 'a'.repeat(64);
const JOB = {
  scripts: [{ name: 'a.memcg', sha256: HASH, memory: 1024, policy: 'rfc' }],
  texts: { 'a.memcg': 'wait 1s' },
  traces: { 'made/a.csv': HASH },
  boot: null,
  group: '/default',
  options: { cpus: 2 },
  warmup: 0,
};
const POINT = { policy: 'rfc', limit: 10, high: 9, low: 8, seed: 1 };

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a job from a queue or a folder', () => {
  test('is taken as it is when it is sound', () => {
    expect(checked(job, JOB, 'job')).toEqual(JOB);
    expect(parsed(job, JSON.stringify(JOB), 'job')).toEqual(JOB);
  });

  test.each<[string, object, string]>([
    [
      'a hash that is a path',
      { traces: { 'a.csv': '../../made/by/job' } },
      'job.traces.a.csv is not a SHA-256 in hex',
    ],
    [
      'a trace without a name',
      { traces: { 'made/..': HASH } },
      'a name in job.traces is not the path of a file',
    ],
    ['a script that is none', { scripts: [null] }, 'job.scripts[0] is not an object'],
    [
      'a policy that is none',
      { scripts: [{ ...JOB.scripts[0], policy: 'x' }] },
      'job.scripts[0].policy is not the name of a policy',
    ],
    [
      'a machine that can not be',
      { options: { cpus: 1e9 } },
      'job.options is not what a machine can be: cpus=1000000000: 1 to 64',
    ],
    [
      'an option that is none',
      { options: { shell: 'rm' } },
      'job.options.shell is not an option of machines',
    ],
    ['a time before time', { warmup: -1 }, 'job.warmup is not a number from 0 to 1.7976931348623157e+308'],
    ['what nobody knows', { extra: 1 }, 'job.extra is not known'],
    ['no texts', { texts: undefined }, 'job.texts is not an object'],
  ])('with %s is refused', (_, change, why) => {
    const said = checked(job, { ...JOB, ...change }, 'job');
    expect(said).toBeInstanceOf(Malformed);
    expect((said as Malformed).message).toBe(why);
  });

  test.each(['', '{', 'null', '[]', '7', deep(100_000), `{"texts":${deep(10_000)}}`])(
    'that is other text (%#) is refused and no error of the program',
    (text) => {
      expect(parsed(job, text, 'job')).toBeInstanceOf(Malformed);
    },
  );
});

describe('a point and what it came to', () => {
  test.each<[unknown, boolean]>([
    [{ script: 0, point: POINT }, true],
    [{ script: 1, point: POINT }, false],
    [{ script: 0, point: { ...POINT, seed: 1.5 } }, false],
    [{ script: 0, point: { ...POINT, limit: -1 } }, false],
    [{ script: 0, point: { ...POINT, __proto__: null, policy: 'none' } }, true],
    [null, false],
  ])('task %#', (value, sound) => {
    expect(checked(taskOf(1), value, 'task') instanceof Malformed).toBe(!sound);
  });

  test.each([null, {}, 7, 'stalls', { stalls: Number.NaN }])('%j is no measurement', (value) => {
    expect(checked(measurement, value, 'it')).toBeInstanceOf(Malformed);
  });
});
