import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/command-names.ts';
import { installed, Sandbox, textOf } from '../e2e/shells.ts';

/** What people type first, and what shells do with what is printed for them. */

let sandbox: Sandbox;
const run = (line: string, shell = 'sh') => sandbox.run(shell, line);
beforeAll(() => {
  sandbox = new Sandbox();
});
afterAll(() => sandbox.remove());

const { version } = JSON.parse(textOf('package.json') ?? '{}') as { readonly version: string };

describe('the version', () => {
  test.each(['-v', '-V', '--version'])('memcg %s', (flag) => {
    expect(run(`memcg ${flag}`)).toEqual({ stdout: `${version}\n`, stderr: '', status: 0 });
  });

  test('--version --json names the kernels, and the recordings that each is held to', () => {
    expect(JSON.parse(run('memcg --version --json').stdout)).toEqual({
      version,
      kernels: ['2.6.26', '6.1'].map((kernel) => ({
        kernel,
        recordings_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      })),
    });
  });
});

describe('a session', () => {
  test.each(['events', 'ps', 'stat', 'tree', 'faults', 'ps --json', 'get --json /'])(
    'that never was is not booted to look at it: %s',
    (line) => {
      const { stdout, stderr, status } = run(`memcg --session tpyo ${line}; echo $? ; memcg sessions`);
      expect({ stdout, status }).toEqual({ stdout: '2\n', status: 0 });
      expect(stderr).toContain('tpyo');
    },
  );

  test('is forgotten by rm once it is down, and not before', () => {
    expect(run('memcg --session old ls >/dev/null; memcg sessions rm old')).toMatchObject({
      status: 1,
      stderr: 'memcg: session old runs: memcg --session old down ends it first\n',
    });
    expect(run('memcg --session old down; memcg sessions rm olt')).toMatchObject({
      status: 1,
      stderr: "memcg: there is no session olt: did you mean 'old'?\n",
    });
    expect(run('memcg sessions rm old; memcg sessions')).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(existsSync(join(sandbox.folder, 'state', 'memcg', 'old'))).toBe(false);
  });
});

describe('replay of a folder', () => {
  test('runs its scripts in the order of the alphabet, but none that boots machines', () => {
    mkdirSync(join(sandbox.folder, 'lessons'));
    for (const name of ['b', 'a', 'boot-own'])
      writeFileSync(join(sandbox.folder, 'lessons', `${name}.memcg`), `print ${name}\n`);
    const { runs } = JSON.parse(run('memcg replay --json lessons/').stdout) as {
      readonly runs: readonly { readonly output: readonly { readonly text: string }[] }[];
    };
    expect(runs.map(({ output }) => output[0].text)).toEqual(['a', 'b']);
  });

  test('says what is not there', () => {
    mkdirSync(join(sandbox.folder, 'empty'));
    expect(run('memcg replay empty')).toMatchObject({
      status: 2,
      stderr: 'memcg: empty: there is no script (*.memcg) in this folder\n',
    });
  });
});

describe('completions', () => {
  const shells = installed('bash', 'zsh', 'fish');
  const ASK: Readonly<Record<string, string>> = {
    bash: 'source <(memcg completion bash); COMP_LINE="memcg sta"; COMP_POINT=9; _memcg; declare -p COMPREPLY',
    // Where no line is edited, what compadd is given is all that there is to see.
    zsh: 'autoload -U compinit; compinit -D -u; source <(memcg completion zsh); compadd() { shift 3; print -l -- "$@" }; words=(memcg sta); CURRENT=2; PREFIX=sta; _memcg',
    fish: 'memcg completion fish | source; complete -C "memcg sta"',
  };

  test.each(shells)('of %s are loaded, and complete a command', (shell) => {
    const { stdout, stderr } = run(ASK[shell], shell);
    expect(stderr).toBe('');
    const found = stdout.match(/\bsta\w*/g) ?? [];
    expect(found).toEqual(expect.arrayContaining(['start', 'stat', 'status']));
    expect(found.length).toBeLessThan(COMMAND_NAMES.length);
  });
});
