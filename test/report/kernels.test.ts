import { expect, test } from 'vitest';
import { alone } from '../../src/report/picture/shown.ts';
import { renderReport } from '../../src/report/text.ts';
import { runLines } from '../script/scripts.ts';

const LOOK = { width: 80, color: false, unicode: false };

test('a run on 6.1 is told by its own files, refaults first', async () => {
  const lines = [
    'mkdir web',
    'write web/memory.max 1M',
    'spawn a web',
    'run a stream f 2M',
    'run a stream f 2M',
  ];
  const run = await runLines(['machine kernel=6.1', ...lines]);
  const text = renderReport(run, LOOK);
  for (const file of ['memory.current', 'memory.peak', 'memory.max', 'memory.events:max'])
    expect(text).toContain(file);
  expect(text).not.toMatch(/in_bytes|failcnt|start at/);
  expect(text.indexOf('refaults')).toBeLessThan(text.indexOf('max events'));
  expect(alone(run).sentence).toMatch(/^[\d,]+ refaults, [\d,]+ max events, no high events/);
});
