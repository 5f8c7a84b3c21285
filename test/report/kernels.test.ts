import { expect, test } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import { headline } from '../../src/report/headline.ts';
import { readout } from '../../src/report/html/page/readout.ts';
import { renderOpenMetrics } from '../../src/report/openmetrics.ts';
import { renderPerfetto } from '../../src/report/perfetto.ts';
import { alone, chronicleOf, rowsOf } from '../../src/report/picture/shown.ts';
import { renderSvg } from '../../src/report/svg/svg.ts';
import { renderReport } from '../../src/report/text.ts';
import { runLines } from '../script/scripts.ts';

const LOOK = { width: 80, color: false, unicode: false };

test('beside a run without its reclaimer refaults lead, and pictures call failures by the file that counts them', async () => {
  const lines = [
    'mkdir web',
    'set web max=1M high_wmark=900K low_wmark=800K',
    'spawn a web',
    'run a stream f 2M --times 2',
  ];
  const on = await runLines(['machine kernel=6.1 policy=rfc', ...lines]);
  const off = await runLines(['machine kernel=6.1 policy=rfc reclaimd=off', ...lines]);
  expect(headline(on, off, false)).toMatch(
    /^background reclaim: refaults [\d,]+ (-> [\d,]+|either way), stalls .*, pressure [\d.<]+ % (-> |either)/,
  );
  const none = await runLines(['machine kernel=6.1', 'mkdir web']);
  expect(headline(none, none, false)).toBe(
    'background reclaim: did not run (nobody does here: --policy names who could)',
  );
  const cells = rowsOf(alone(off)).flatMap(({ cells: all }) => all);
  for (const cell of cells) expect(cell && chronicleOf(cell).names.counts[0].title).toBe('max events');
});

test('pictures, and what a page says of an instant, call marks and failures as tables do', async () => {
  const lines = ['mkdir web', 'set web max=1M memory.high=1M', 'spawn a web', 'run a stream f 2M'];
  const shown = alone(await runLines(['machine kernel=6.1', ...lines], { timeline: true }));
  const svg = renderSvg([shown]);
  expect(svg).toContain('>max = high 1M<');
  expect(svg).toMatch(/>max events<.*>[\d,]+ max events</s);
  expect(svg).not.toMatch(/limit failures|>limit /);
  const [cell] = rowsOf(shown).find(({ path }) => path === '/web')?.cells ?? [];
  const chronicle = cell && chronicleOf(cell);
  const at = chronicle?.failures[0]?.from ?? 0;
  expect(chronicle && readout(chronicle, at)).toMatch(/ · max 1M · high 1M.* · [\d,]+ max events near/);
});

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
  expect(alone(run).sentence).toMatch(
    /^[\d,]+ refaults, [\d,]+ max events, no high events, .*, pressure [\d.<]+ %/,
  );
  const shown = [alone(run)];
  expect(renderCsv(shown).split('\n')[0]).toMatch(/,reclaimer_awake_ns,max_events,stall_ns,/);
  const metrics = renderOpenMetrics(shown);
  expect(metrics).not.toMatch(/memcontd|limit_failures/);
  expect(metrics).toMatch(/^memcg_max_events_total\{.*cgroup="\/web"\} \d+ /m);
  expect(metrics).toMatch(/^memcg_pressure_seconds_total\{.*cgroup="\/web",kind="some"\} 0\.\d+ /m);
  expect(renderPerfetto(shown)).not.toContain('memcontd');
});
