import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import { renderOpenMetrics } from '../../src/report/openmetrics.ts';
import { alone, rowsOf, type Shown } from '../../src/report/picture/shown.ts';
import { linesRan, replayed, replayedTwice, SMALL } from './real-runs.ts';
import { run } from './runs.ts';

const small = await linesRan(SMALL);

/** Sums of a column of the CSV, by run and cgroup. */
function sums(text: string, column: string): Map<string, number> {
  const [head, ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const at = head.indexOf(column);
  const all = new Map<string, number>();
  for (const [, name, cgroup, ...rest] of lines) {
    const key = `${name} ${cgroup}`;
    all.set(key, (all.get(key) ?? 0) + Number(rest[at - 3]));
  }
  return all;
}

describe('CSV', { timeout: 60_000 }, () => {
  it('has a line for every sample, below their names', () => {
    expect(renderCsv([small])).toMatchInlineSnapshot(`
      "script,run,cgroup,time_ns,usage_bytes,usage_min_bytes,usage_max_bytes,low_bytes,high_bytes,limit_bytes,memcontd_awake_ns,limit_failures,stall_ns,oom_kills
      small.memcg,,/web,0,0,0,0,524288,524288,524288,0,0,0,0
      small.memcg,,/web,1000000,524288,0,524288,524288,524288,524288,5300,0,0,0
      small.memcg,,/web,2000000,524288,524288,524288,524288,524288,524288,0,2,37600,0
      small.memcg,,/web,2887800,397312,397312,397312,524288,524288,524288,0,2,37600,0
      "
    `);
  });

  it('adds up to what the cgroups counted', async () => {
    const shown = await replayedTwice('rfc-dd');
    const text = renderCsv([shown]);
    const { cells } = rowsOf(shown)[0];
    for (const cell of cells) {
      const key = `${cell?.shown.name} /dd`;
      expect(sums(text, 'limit_failures').get(key)).toBe(Number(cell?.cgroup.files['memory.failcnt']));
      expect(sums(text, 'stall_ns').get(key)).toBeCloseTo(cell?.cgroup.stat.stall_total_ns ?? 0, -4);
    }
    expect(sums(text, 'limit_failures').get('without /dd')).toBe(3584);
  });

  it('quotes what would break a line', () => {
    const odd: Shown = { ...small, script: 'a "b", c\n' };
    expect(renderCsv([odd]).split('\n')[1]).toMatch(/^"a ""b"", c$/);
  });

  it('is a line of names when nothing held memory', () => {
    expect(renderCsv([alone(run([]))])).toMatch(/^script,run,[^\n]*oom_kills\n$/);
  });
});

const NUMBER = String.raw`-?(?:\d+(?:\.\d+)?|\+Inf)`;
const LABELS = String.raw`\{(?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)+\}`;
const SAMPLE = new RegExp(`^(?<name>[a-z_]+)(?<labels>${LABELS}) (?<value>${NUMBER}) (?<time>${NUMBER})$`);

/** OpenMetrics 1.0, the text format, as far as these reports go: throws at the first line that breaks it. */
function checkOpenMetrics(text: string): Map<string, number> {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.pop() !== '# EOF') throw new Error('ends with # EOF and a newline');
  const families = new Set<string>();
  const last = new Map<string, { time: number; value: number }>();
  let family = { name: '', type: '' };
  for (const line of lines) {
    const [, kind, name, rest] = /^# (TYPE|UNIT|HELP) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'TYPE') {
      if (families.has(name)) throw new Error(`two families ${name}`);
      families.add(name);
      family = { name, type: rest };
    } else if (kind !== undefined) {
      if (name !== family.name) throw new Error(`${kind} of another family: ${line}`);
      if (kind === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`no unit at the end: ${line}`);
    } else {
      const { name: sample, labels, value, time } = SAMPLE.exec(line)?.groups ?? {};
      if (sample === undefined) throw new Error(`no sample: ${line}`);
      const suffix = sample.slice(family.name.length);
      const allowed = { gauge: [''], counter: ['_total'], histogram: ['_bucket', '_count', '_sum'] }[
        family.type
      ];
      if (!sample.startsWith(family.name) || !allowed?.includes(suffix))
        throw new Error(`a stranger: ${line}`);
      const before = last.get(sample + labels);
      if (before !== undefined && Number(time) <= before.time) throw new Error(`time stands still: ${line}`);
      if (family.type === 'counter' && before !== undefined && Number(value) < before.value)
        throw new Error(`counts down: ${line}`);
      last.set(sample + labels, { time: Number(time), value: Number(value) });
    }
  }
  return new Map([...last].map(([key, { value }]) => [key, value]));
}

describe('OpenMetrics', { timeout: 60_000 }, () => {
  it('has every sample with its virtual time', () => {
    expect(renderOpenMetrics([small])).toMatchInlineSnapshot(`
      "# TYPE memcg_usage_bytes gauge
      # UNIT memcg_usage_bytes bytes
      # HELP memcg_usage_bytes Memory charged to the cgroup.
      memcg_usage_bytes{script="small.memcg",cgroup="/web"} 0 0.0
      memcg_usage_bytes{script="small.memcg",cgroup="/web"} 524288 0.001
      memcg_usage_bytes{script="small.memcg",cgroup="/web"} 524288 0.002
      memcg_usage_bytes{script="small.memcg",cgroup="/web"} 397312 0.0028878
      # TYPE memcg_mark_bytes gauge
      # UNIT memcg_mark_bytes bytes
      # HELP memcg_mark_bytes The limit and the watermarks; one that is not set is left out.
      memcg_mark_bytes{script="small.memcg",cgroup="/web",mark="limit"} 524288 0.0
      memcg_mark_bytes{script="small.memcg",cgroup="/web",mark="high"} 524288 0.0
      memcg_mark_bytes{script="small.memcg",cgroup="/web",mark="low"} 524288 0.0
      # TYPE memcg_limit_failures counter
      # HELP memcg_limit_failures Charges that met the limit.
      memcg_limit_failures_total{script="small.memcg",cgroup="/web"} 0 0.0
      memcg_limit_failures_total{script="small.memcg",cgroup="/web"} 2 0.002
      memcg_limit_failures_total{script="small.memcg",cgroup="/web"} 4 0.0028878
      # TYPE memcg_stalled_seconds counter
      # UNIT memcg_stalled_seconds seconds
      # HELP memcg_stalled_seconds Time that charges waited for room.
      memcg_stalled_seconds_total{script="small.memcg",cgroup="/web"} 0.0 0.0
      memcg_stalled_seconds_total{script="small.memcg",cgroup="/web"} 0.0000376 0.002
      memcg_stalled_seconds_total{script="small.memcg",cgroup="/web"} 0.0000752 0.0028878
      # TYPE memcg_memcontd_awake_seconds counter
      # UNIT memcg_memcontd_awake_seconds seconds
      # HELP memcg_memcontd_awake_seconds Time that the reclaimer was not asleep.
      memcg_memcontd_awake_seconds_total{script="small.memcg",cgroup="/web"} 0.0 0.0
      memcg_memcontd_awake_seconds_total{script="small.memcg",cgroup="/web"} 0.0000053 0.001
      memcg_memcontd_awake_seconds_total{script="small.memcg",cgroup="/web"} 0.0000053 0.0028878
      # TYPE memcg_memcontd_cpu_seconds counter
      # UNIT memcg_memcontd_cpu_seconds seconds
      # HELP memcg_memcontd_cpu_seconds CPU time of the reclaimer.
      memcg_memcontd_cpu_seconds_total{script="small.memcg",cgroup="/web"} 0.0000003 0.0028878
      # TYPE memcg_memcontd_passes counter
      # HELP memcg_memcontd_passes Passes of the reclaimer.
      memcg_memcontd_passes_total{script="small.memcg",cgroup="/web"} 0 0.0028878
      # TYPE memcg_direct_passes counter
      # HELP memcg_direct_passes Passes of tasks that met the limit.
      memcg_direct_passes_total{script="small.memcg",cgroup="/web"} 4 0.0028878
      # TYPE memcg_refaults counter
      # HELP memcg_refaults Pages that were read again after they were reclaimed.
      memcg_refaults_total{script="small.memcg",cgroup="/web"} 0 0.0028878
      # TYPE memcg_oom_kills counter
      # HELP memcg_oom_kills Tasks that the OOM killer chose.
      memcg_oom_kills_total{script="small.memcg",cgroup="/web"} 0 0.0028878
      # TYPE memcg_stall_seconds histogram
      # UNIT memcg_stall_seconds seconds
      # HELP memcg_stall_seconds How long charges waited for room.
      memcg_stall_seconds_bucket{script="small.memcg",cgroup="/web",le="0.00002048"} 4 0.0028878
      memcg_stall_seconds_bucket{script="small.memcg",cgroup="/web",le="+Inf"} 4 0.0028878
      memcg_stall_seconds_count{script="small.memcg",cgroup="/web"} 4 0.0028878
      memcg_stall_seconds_sum{script="small.memcg",cgroup="/web"} 0.0000752 0.0028878
      # EOF
      "
    `);
  });

  it.each(['rfc-dd', 'oom', 'two-groups'])('is valid for %s', async (name) => {
    const last = checkOpenMetrics(renderOpenMetrics([await replayed(name)]));
    expect(last.size).toBeGreaterThan(10);
  });

  it('tells runs and scripts apart, and counts up to what the cgroup counted', async () => {
    const last = checkOpenMetrics(renderOpenMetrics([await replayedTwice('rfc-dd'), await replayed('oom')]));
    const labels = '{script="fixtures/rfc-dd.memcg",run="without",cgroup="/dd"}';
    expect(last.get(`memcg_limit_failures_total${labels}`)).toBe(3584);
    expect(last.get(`memcg_stall_seconds_count${labels}`)).toBe(3584);
    expect(last.get('memcg_oom_kills_total{script="fixtures/oom.memcg",cgroup="/web"}')).toBe(1);
  });

  it('has its buckets in order, each with all that is below it', async () => {
    const text = renderOpenMetrics([await replayed('oom')]);
    const buckets = [...text.matchAll(/_bucket\{.*le="([^"]+)"\} (\d+)/g)].map(([, le, n]) => [
      le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le),
      Number(n),
    ]);
    expect(buckets.length).toBeGreaterThan(2);
    expect(buckets).toEqual(buckets.toSorted(([a], [b]) => a - b));
    expect(buckets.map(([, n]) => n)).toEqual(buckets.map(([, n]) => n).toSorted((a, b) => a - b));
  });
});

it.each([
  ['CSV', renderCsv],
  ['OpenMetrics', renderOpenMetrics],
])('%s carries no control to a terminal', (_, render) => {
  const text = render([{ ...small, script: 'a\x1b[2J\x9b\u202eb' }]);
  expect(text).toMatch(/a\\{1,2}x1B\[2J\\{1,2}xC2\\{1,2}x9B\\{1,2}xE2\\{1,2}x80\\{1,2}xAEb/);
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
});
