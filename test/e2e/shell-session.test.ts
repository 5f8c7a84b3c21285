import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleBlock, installed, Sandbox, textOf, typed } from './shells.ts';

const session = consoleBlock(textOf('src/session/README.md') ?? '', 'shell session') ?? '';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});
afterAll(() => sandbox.remove());

test.each(installed('bash', 'dash'))('the session that is shown is what %s shows', (shell) => {
  expect(session).not.toBe('');
  const { stdout, stderr } = sandbox.run(shell, `memcg down 2> /dev/null\nmemcg reset\n${typed(session)}`);
  expect(stderr).toBe('');
  expect(stdout).toBe(session);
});
