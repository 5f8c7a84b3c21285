import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/command-names.ts';
import { VOCABULARY } from '../../src/script/vocabulary.ts';
import { Sandbox } from './shells.ts';

/** Every command of the built program, told of what has a name that must not reach a terminal as it is. */

const NAME = 'a\x1b[2J\u009b31m\u202e\u2066\u2028\r\x07b';
const RAW = /[\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]|(?![\n\t])\p{Cc}/u;

const THERE = ['"$H"', '--session "$H"'];
const FILE = ['"$H/failcnt"', '"$H/$H"'];

/** What follows the word; each is a command of its own. Whoever adds a command says here how it is told of a name. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  ls: ['', ...THERE, '-R /', 'no"$H"'],
  tree: ['', ...THERE, 'no"$H"'],
  cat: FILE,
  write: ['"$H/failcnt" "$H"', '"$H/$H" 1', '"$H/limit_in_bytes" "$H"'],
  mkdir: ['"$H"', 'no/"$H"'],
  rmdir: ['"$H"', 'no"$H"'],
  mv: ['"$H" "$H"/x', 'no"$H" "$H"'],
  chmod: ['"$H" "$H"', '600 no"$H"'],
  chown: ['"$H" "$H"', '0:0 no"$H"'],
  open: ['"$H"', 'no"$H"/tasks'],
  rewrite: ['"$H" 1', 'default/tasks "$H"'],
  close: ['"$H"'],
  utimes: ['"$H" 0 "$H"', '0 0 no"$H"'],
  get: ['"$H"', '-r "$H" "$H"', 'no"$H"'],
  set: ['"$H" "$H=1"', 'no"$H" limit_in_bytes=1'],
  spawn: ['"$H"', 'u no"$H"'],
  kill: ['"$H"'],
  attach: ['"$H" /', 't no"$H"'],
  renice: ['"$H" 1', 't "$H"'],
  ps: [''],
  run: ['"$H" sleep 1', 't "$H"', 't stream "$H" "$H"', 't trace "$H"'],
  start: ['"$H" sleep 1', 't trace "$H"', 't stream f 1 "$H"'],
  stop: ['"$H"'],
  adopt: ['"$H" /', '12 no"$H"', '12 / --name "$H"'],
  proc: ['"$H"', '12 "$H"'],
  exec: ['"$H"', '12 --name "$H"'],
  exit: ['"$H"'],
  wait: ['"$H"', '"$H/failcnt > 0" --within 1ms', '"$H/$H" == 1 --within 1ms'],
  at: ['"$H"'],
  drop: ['"$H"', 'no"$H"'],
  sync: ['"$H"'],
  truncate: ['"$H" "$H"', '"$H" 0'],
  fault: ['"$H/$H" EIO', '"$H/failcnt" "$H"', '"$H/failcnt" EIO', '--clear "$H/failcnt"'],
  faults: [''],
  attempt: ['"$H/failcnt" read', '"$H/$H" read', '"$H/failcnt" "$H"'],
  expect: ['"$H/failcnt" == 1', '"$H/$H" == 1', '"$H/failcnt" == "$H"', '"$H"'],
  fails: ['EIO cat "$H/failcnt"', '"$H" sync', 'EIO "$H"'],
  machine: ['"$H"', 'cpus="$H"'],
  print: [],
  include: ['"$H"', 'script'],
  top: ['--once', '"$H"', 'no"$H"'],
  stat: ['', '"$H"', 'no"$H"'],
  events: ['', '"$H"'],
  watch: ['"$H/failcnt == 1" --timeout 1ms', '"$H/$H == 1" --timeout 1ms'],
  up: ['"$H"', '--session "$H"', '--boot "$H"'],
  down: ['--session "$H"', '"$H"'],
  status: ['', '--session "$H"'],
  sessions: ['', '"$H"'],
  reset: ['--boot "$H"'],
  speed: ['"$H"'],
  pause: ['"$H"'],
  resume: ['"$H"'],
  step: ['"$H"'],
  export: ['', '--since "$H"'],
  save: ['no/"$H"'],
  load: ['"$H"'],
  fork: ['"$H"'],
  mount: ['"$H"'],
  shell: ['-- "$H"'],
  umount: ['"$H"', '. --session "$H"'],
  replay: [
    '"$H"',
    'script',
    '"$H.memcg"',
    'script --csv "$H/x"',
    'script --policy "$H"',
    '--boot "$H" script',
    'bad',
  ],
  tune: [
    '"$H"',
    '"$H.memcg" --limit "$H"',
    '"$H.memcg" --limit 64M --high 32M --low 16M',
    '--merge "$H"',
    'script --limit 64M --group "$H"',
  ],
  'tune-worker': ['"$H"', '--queue "$H"'],
  record: ['-o "$H/x" -- true', '-o x -- "$H"', '--cgroup "$H" -o x', '"$H" --"$H"'],
  import: ['"$H"', '"$H.csv"', '"$H.csv" --format "$H"', 'bad.csv'],
  calibrate: ['no/"$H"'],
  verify: ['"$H"', '"$H.memcg" --limit "$H"', 'bad'],
  explore: [
    '"$H"',
    'stop --html no/"$H"',
    '--fix "$H"',
    '--script "$H"',
    '--script "$H.memcg" --orders 1',
    '--script bad',
  ],
  conform: ['"$H"'],
  help: ['"$H"', '"$H/$H"'],
  completion: ['"$H"'],
};

const sandbox = new Sandbox();
const run = (script: string) => sandbox.run('bash', `H=${bash(NAME)}; ${script}`);
const bash = (text: string): string =>
  `$'${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`;

beforeAll(() => {
  const at = (name: string): string => join(sandbox.folder, name);
  writeFileSync(at(`${NAME}.memcg`), `spawn t\nrun t stream "${NAME}" 4M\n`);
  writeFileSync(
    at('script'),
    `mkdir "${NAME}"\nspawn t "${NAME}"\nrun t stream "${NAME}" 4M\nexpect failcnt == 1\n`,
  );
  writeFileSync(at('bad'), `${NAME}\n`);
  writeFileSync(at(`${NAME}.csv`), 'time,anon\n0,1\n1,2\n');
  writeFileSync(at('bad.csv'), `time,anon\n0,${NAME}\n`);
  run('memcg mkdir "$H"; memcg spawn t "$H"; memcg start t stream "$H" 64M --rate 1M/s');
});
afterAll(() => run('memcg down'));

describe('a name that moves the cursor or turns the text', () => {
  test('is told to every command that there is', () => {
    expect(Object.keys(ASKED).sort()).toEqual(
      [...new Set([...VOCABULARY.map(({ word }) => word), ...COMMAND_NAMES])].sort(),
    );
  });

  test.each(Object.entries(ASKED))(
    'is shown by `%s` as it would be written',
    (word, asked) => {
      for (const words of asked) {
        const { stdout, stderr } = run(`memcg ${word} ${words} < /dev/null`);
        expect(`${words}\n${stdout}${stderr}`).not.toMatch(RAW);
      }
    },
    120_000,
  );
});
