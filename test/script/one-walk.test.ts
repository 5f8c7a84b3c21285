import { describe, expect, onTestFinished, test } from 'vitest';
import { openScriptStage } from '../../src/dashboard/stage/open.ts';
import { bootMachine, ScriptError } from '../../src/library/index.ts';
import type { RunResult } from '../../src/script/result.ts';
import { runScript } from '../../src/script/run.ts';
import { Folder, openIn, run } from '../session/sessions.ts';
import { folder, settings } from './scripts.ts';

/** Scripts are read, included and guarded in one place: whoever runs them is answered the same. */

/** Where the walk ended and why, as `FILE:LINE: MESSAGE`; or that the group /end was made. */
type Answer = string;

const REACHED = 'the end was reached';

const answerOf = ({ error, cgroups }: RunResult): Answer =>
  error === null
    ? cgroups.some(({ path }) => path === '/end')
      ? REACHED
      : 'it ended before its end'
    : `${error.file}:${error.line}: ${error.message}${error.why && `: ${error.why}`}`;

async function library(act: () => unknown): Promise<Answer> {
  try {
    await act();
    return REACHED;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return error.message.replace(`: in '${error.line}'`, '');
  }
}

async function played(script: string): Promise<Answer> {
  const { stdin, before } = settings(script);
  const stage = await openScriptStage({
    script,
    stdin,
    boot: null,
    group: '/default',
    options: {},
    before,
    speed: 'max',
  });
  while (stage.clock().ended === null) await stage.advance();
  await stage.close();
  return answerOf(await stage.result);
}

async function session(boot: string | null, line: string): Promise<Answer> {
  using place = new Folder();
  try {
    const { session: opened } = await openIn(place.path, { boot });
    const { failure } = await run(opened, line);
    await opened.close();
    return failure === null ? REACHED : `${failure.message}${failure.why && `: ${failure.why}`}`;
  } catch (error) {
    return (error as Error).message.replace('the boot script: ', '');
  }
}

const WAYS: readonly (readonly [string, (path: string) => Promise<Answer>])[] = [
  ['a replay', async (path) => answerOf(await runScript(settings(path)))],
  ['a script that plays', played],
  ['a boot script of a replay', async (path) => answerOf(await runScript(settings('-', { boot: path })))],
  ['a line of a session', (path) => session(null, `include ${path}`)],
  ['the boot script of a session', (path) => session(path, 'ls /end')],
  ['run() of the library', (path) => library(() => bootMachine({ boot: null }).run`include ${path}`)],
  ['runSync() of the library', (path) => library(() => bootMachine({ boot: null }).runSync`include ${path}`)],
  ['the boot script of the library', (path) => library(() => bootMachine({ boot: path }).runSync('ls /end'))],
];

/** `s1` includes `s2`, and so on; the last makes the group /end. */
const chain = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      i === 0 ? 'main' : `s${i + 1}`,
      i === count - 1 ? 'mkdir end\n' : `include s${i + 2}\n`,
    ]),
  );

const CASES: readonly (readonly [string, Record<string, string>, Answer])[] = [
  ['a chain of 17 scripts', chain(17), REACHED],
  ['a chain of 18 scripts', chain(18), 's17:1: more than 16 scripts within each other'],
  ['a circle', { main: 'include b\n', b: '\ninclude main\n' }, 'b:2: main includes itself: main > b > main'],
  ['a BOM', { main: '\ufeffmkdir end\n' }, REACHED],
  ['a BOM in what is included', { main: 'include b\n', b: '\ufeffmkdir end\n' }, REACHED],
  ['lines that end in CRLF', { main: 'mkdir \\\r\nrmdir \\\r\nmkdir end\r\n' }, REACHED],
  [
    'a NUL byte',
    { main: 'mkdir web\nmkdir e\0nd\n' },
    'main:2: a NUL byte: this is not a script (in a word, write "\\0")',
  ],
  [
    'a NUL byte in what is included',
    { main: 'include b\n', b: 'mkdir e\0nd\n' },
    'b:1: a NUL byte: this is not a script (in a word, write "\\0")',
  ],
  [
    'a machine in what is included',
    { main: 'include b\n', b: 'machine cpus=1\n' },
    "b:1: 'machine' is the first command of a script, or none: the machine is up by now",
  ],
  [
    'a machine that comes late',
    { main: 'mkdir end\nmachine cpus=1\n' },
    "main:2: 'machine' is the first command of a script, or none: the machine is up by now",
  ],
  ['an include of nothing', { main: '\ninclude none\n' }, 'main:2: none: no such file or directory'],
  [
    'a path beside the script that names it',
    { main: 'include d/b\n', 'd/b': 'include c\n', 'd/c': 'mkdir end\n' },
    REACHED,
  ],
  ['a directory', { main: 'include d\n', 'd/b': '' }, 'main:1: d: illegal operation on a directory'],
  ['a mistake', { main: 'include b\n', b: 'mkdir web\n\nfrobnicate\n' }, "b:3: unknown command 'frobnicate'"],
  [
    'a refusal',
    { main: 'include b\n', b: 'rmdir none\n' },
    'b:1: rmdir none: ENOENT: No such file or directory: there is no none',
  ],
];

describe.each(WAYS)('by %s', (_, answer) => {
  test.each(CASES)('%s', async (__, texts, expected) => {
    const files = folder(texts);
    onTestFinished(files.remove);
    expect((await answer(files.path('main'))).replaceAll(files.path('/'), '')).toBe(expected);
  });
});
