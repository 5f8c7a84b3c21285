import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { READER } from '../tune/jobs.ts';
import { Sandbox } from './shells.ts';
import { Terminal } from './terminal.ts';
import { inTerminal } from './tmux.ts';

let sandbox: Sandbox;
let terminal: Terminal;
beforeEach(() => {
  sandbox = new Sandbox();
  terminal = new Terminal((line) => sandbox.run('sh', line), { columns: 100, rows: 30 });
});
afterEach(() => {
  terminal.close();
  sandbox.remove();
});

/** Longer than anybody watches: so much is read, so often. */
const LONG = `${READER}run reader stream data.img 24M --times 100\n`;

inTerminal('memcg tune --watch', () => {
  test('fills the map, with the answer so far under it, until q ends it with what is known', async () => {
    writeFileSync(join(sandbox.folder, 'long.memcg'), LONG);
    terminal.enter('clear; memcg tune long.memcg --points 3000 --jobs 1 --watch; echo status $?');
    const screen = await terminal.until('shows the map', (shown) =>
      ['● works', '★ the answer so far', 'Start at'].every((each) => shown.includes(each)),
    );
    expect(screen).toMatch(/^long\.memcg .* \d+\/\d+ runs/m);
    expect(screen).toContain('q or ^C ends it, with what is known by then');
    terminal.press('q');
    await terminal.shows('status 130');
    expect(terminal.state('alternate_on')).toBe('0');
    expect(terminal.screen()).toContain('interrupted');
  });

  test('gives the screen back and reports as tune does', async () => {
    writeFileSync(join(sandbox.folder, 'reader.memcg'), READER);
    terminal.enter('clear; memcg tune reader.memcg --points 8 --jobs 1 --watch; echo status $?');
    await terminal.shows('status 0');
    expect(terminal.state('alternate_on')).toBe('0');
    expect(terminal.screen()).toContain('memcg replay reader.memcg');
    terminal.enter('clear; memcg tune reader.memcg --watch | cat');
    await terminal.shows('memcg: --watch takes a terminal: leave it out here');
  });
});
