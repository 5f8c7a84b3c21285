import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleBlock, installed, Sandbox, textOf, typed } from './shells.ts';

const MARKER = 'shell session';
const SOURCES = ['test/e2e/readme-session.md', 'README.md'];

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});
afterAll(() => sandbox.remove());

describe.each(SOURCES)('the shell session in %s', (path) => {
  const session = consoleBlock(textOf(path) ?? '', MARKER);

  test.runIf(session !== null).each(installed('bash', 'dash'))('is what %s shows', (shell) => {
    const { stdout, stderr } = sandbox.run(
      shell,
      `memcg down 2> /dev/null\nmemcg reset\n${typed(session ?? '')}`,
    );
    expect(stderr).toBe('');
    expect(stdout).toBe(session);
  });
});
