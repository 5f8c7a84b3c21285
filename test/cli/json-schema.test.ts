import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from '../e2e/shells.ts';

/** What is printed with --json, by the schema that the program prints of it. */

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const MEET_THE_LIMIT = [
  'set default low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
  'spawn t',
  'run t stream data 24M',
  'write reclaimd stop',
  'run t stream more 24M',
];

let sandbox: Sandbox;
const run = (line: string) => sandbox.run('sh', line);
beforeAll(() => {
  sandbox = new Sandbox();
  const scripts = {
    busy: MEET_THE_LIMIT,
    stream: ['spawn t', 'run t stream data 32M'],
    // Nobody knows what it reads again.
    unknown: ['spawn t --rereads unknown', 'run t stream data 1M'],
    fails: ['mkdir web', 'print said', 'expect failcnt == 7', 'rmdir nowhere'],
  };
  for (const [name, lines] of Object.entries(scripts))
    writeFileSync(join(sandbox.folder, `${name}.memcg`), `${lines.join('\n')}\n`);
  for (const name of ['oom', 'spinning'])
    writeFileSync(join(sandbox.folder, `${name}.memcg`), readFileSync(join(FIXTURES, `${name}.memcg`)));
  run(`printf '%s\\n' '${MEET_THE_LIMIT.join("' '")}' | memcg include -; memcg fault failcnt EIO --on write`);
});
afterAll(() => sandbox.remove());

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validators = new Map<string, ValidateFunction>();
function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const made = ajv.compile(JSON.parse(run(`memcg help --schema ${name}`).stdout));
  validators.set(name, made);
  return made;
}

/** Values of JSON, one after the other: each begins a line. */
const valuesIn = (text: string): unknown[] =>
  text
    .trimEnd()
    .split(/\n(?=[[{])/)
    .map((each) => JSON.parse(each));

describe('what is printed is of its schema', () => {
  test.each([
    ['version', 'memcg --version --json'],
    ['status', 'memcg status --json'],
    ['status', 'memcg --session none status --json'],
    ['sessions', 'memcg sessions --json'],
    ['ps', 'memcg ps --json'],
    ['faults', 'memcg faults --json'],
    ['tree', 'memcg tree --json'],
    ['stat', 'memcg stat --json'],
    ['stat', 'timeout --signal=INT 1 memcg stat -w 0.2 --json default'],
    ['get', 'memcg get --json / default'],
    ['get', 'memcg get --json -r tasks -r memory.limit_in_bytes default'],
    ['top', 'memcg top --json -n 2 -d 0.1'],
    ['events', 'memcg events --json'],
    ['events', 'memcg replay --events out oom.memcg spinning.memcg busy.memcg >/dev/null; cat out'],
    ['replay', 'memcg replay --json busy.memcg'],
    ['replay', 'memcg replay --json unknown.memcg oom.memcg fails.memcg'],
    ['replay', 'memcg replay --json --compare spinning.memcg'],
    ['replay', 'memcg replay --json --policy rfc,memory.high busy.memcg'],
    ['replay', 'memcg replay --json --kernel 6.1 unknown.memcg'],
    ['replay', 'memcg replay --json --no-such-option busy.memcg'],
    ['tune', 'memcg tune --json stream.memcg --limit 8M --jobs 1'],
    ['conform', 'memcg conform --json daemon'],
    ['explore', 'memcg explore --json rmdir'],
    ['explore', 'memcg explore --json --script fails.memcg'],
    ['calibrate', 'memcg calibrate --json .'],
  ])('%s: %s', (name, line) => {
    const { stdout } = run(line);
    const validate = validatorOf(name);
    const wrong = valuesIn(stdout).flatMap((value) => (validate(value) ? [] : (validate.errors ?? [])));
    expect(wrong).toEqual([]);
  });

  test('and each event has what its kind has, in bytes, pages and ns by name', () => {
    const events = valuesIn(run('memcg events --json').stdout) as { readonly type: string }[];
    const byType = new Map(events.map((event) => [event.type, Object.keys(event).join(' ')]));
    expect(Object.fromEntries(byType)).toMatchObject({
      wake: 'type time_ns cgroup pid usage_bytes',
      pass: 'type time_ns cgroup by background node priority scanned_pages reclaimed_pages',
      'limit-failure': 'type time_ns cgroup pid usage_bytes',
      stall: 'type time_ns cgroup pid duration_ns charged',
    });
  });
});

describe('get --json', () => {
  test('has numbers, lines by their names, and null for a mark that was never set', () => {
    const files = '-r memory.limit_in_bytes -r memory.reclaim_stat';
    expect(JSON.parse(run(`memcg get --json ${files} / default`).stdout)).toEqual({
      '/': { 'memory.limit_in_bytes': null, 'memory.reclaim_stat': expect.any(Object) },
      '/default': {
        'memory.limit_in_bytes': 8 << 20,
        'memory.reclaim_stat': expect.objectContaining({
          bg_state: 'none',
          stall_p99_ns: expect.any(Number),
        }),
      },
    });
  });

  test.each([
    ['memcg get --json nowhere', 1, /get nowhere: ENOENT/],
    ['memcg get --json', 2, /CGROUP is missing/],
    ['memcg get --json -h default', 2, /leave -n, -v and -h out/],
  ])('%s', (line, status, said) => {
    const ended = run(line);
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toMatch(said);
  });
});

describe('help --schema', () => {
  test('lists what has one', () => {
    const { stdout } = run('memcg help --schema');
    expect(stdout).toMatch(/^ {2}events {5}A trace event/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('proposes what may have been meant', () => {
    const { status, stderr } = run('memcg help --schema event');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "memcg: no JSON of 'event' has a schema: did you mean 'events'?\n",
    });
  });
});
