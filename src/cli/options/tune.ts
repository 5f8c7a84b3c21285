import { availableParallelism } from 'node:os';
import { Mistake } from '../../script/mistake.ts';
import { type Given, type OptionValues, optionTable, readTable, sound } from '../../script/option-table.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import { STDIN } from '../../script/script-files.ts';
import { checkOnce, readTime, readWhole } from '../../script/values.ts';
import type { JobSources } from '../../tune/gather-job.ts';
import { PLAN_OPTIONS, type PlanWords, planWords } from '../../tune/plan/options.ts';
import { parseAddress } from '../../tune/queue/address.ts';
import { parseShare } from '../../tune/run/share.ts';
import { BOOT, checkBooting } from './booting.ts';
import { type AskedReport, readReports } from './reports.ts';
import { file, group, JSON_OPTION, LOOK } from './shared.ts';
import { orMistake } from './values.ts';

export const MOST_JOBS = 1024;
const { seed: _, ...BOOTING } = BOOT;

export const TUNE_OPTIONS = optionTable({
  ...PLAN_OPTIONS,
  warmup: {
    flags: '--warmup <time>',
    about: 'leave out so much at the beginning',
    usual: '0',
    read: readTime,
  },
  jobs: {
    flags: '-j, --jobs <n>',
    about: 'worker threads (if left out, as many as there are CPUs)',
    read: (word) => readWhole(word, 1, MOST_JOBS),
  },
  out: file('--out <dir>', 'keep finished runs in a folder, and go on from what is there'),
  shard: {
    flags: '--shard <i/n>',
    about: 'run one share of n, with --out',
    read: ({ text }) => sound(parseShare(text)),
  },
  merge: {
    flags: '--merge',
    about: 'join the folders of shares, and finish what depends on all of them',
    read: null,
  },
  queue: {
    flags: '--queue <url>',
    about: 'let `memcg tune-worker` processes run it, through redis://HOST',
    read: ({ text }) => sound(parseAddress(text)),
  },
  verify: {
    flags: '--verify',
    about: 'run what is recommended, and two others, on a real Linux 6.1 (see memcg verify --help)',
    read: null,
  },
  watch: {
    flags: '--watch',
    about: 'show the map on the terminal as it fills, with the answer so far under it',
    read: null,
  },
  json: JSON_OPTION,
  svg: file('--svg <file>', 'draw the trade-off; - is standard output, in place of the text'),
  html: file('--html <file>', 'write a page that needs nothing beside itself'),
  ...BOOTING,
  boot: { ...BOOT.boot, about: `${BOOT.boot.about}; its marks don't count` },
  group: group('the group to tune'),
  ...LOOK,
});

/** As commander gives them. */
export type GivenTune = Given<typeof TUNE_OPTIONS>;
type Values = OptionValues<typeof TUNE_OPTIONS>;

/** What they mean. */
export interface TuneOptions
  extends Pick<Values, 'out' | 'queue' | 'merge' | 'verify' | 'watch' | 'json' | 'width' | 'color'> {
  readonly words: PlanWords;
  /** Else a script that asks for another policy than the patch's is refused. */
  readonly policyGiven: boolean;
  readonly jobs: number;
  readonly share: Values['shard'];
  /** What a job says beside its scripts. */
  readonly job: Pick<JobSources, 'boot' | 'group' | 'options' | 'warmup'>;
  readonly reports: readonly AskedReport[];
}

/** A Mistake's message names the option. */
export const readTuneOptions = (given: GivenTune, scripts: readonly string[]): TuneOptions | Mistake =>
  orMistake(() => checked(given, readTable(TUNE_OPTIONS, given), scripts));

function checked(given: GivenTune, values: Values, scripts: readonly string[]): TuneOptions {
  const { out, queue, merge, json, width, color, shard, bare, boot, errata, kernel } = values;
  const named = merge ? 'name the folders of the shares' : 'name a script, or - for standard input';
  if (scripts.length === 0) throw new Mistake(`nothing to tune: ${named}`, 0);
  checkOnce(scripts, 0);
  checkBooting(values);
  if (values.same && (merge || scripts.length < 2))
    throw new Mistake('--same takes several recordings of one program, and no --merge: folders know it', 0);
  if (shard !== null && out === null)
    throw new Mistake('--shard goes with --out: what a share finds out is kept there', 0);
  if (shard !== null && /,|\.\.|%/.test(given.limit ?? ''))
    throw new Mistake('--shard shares out the sweep of one limit: leave it out with several', 0);
  if (values.watch && !process.stdout.isTTY)
    throw new Mistake('--watch takes a terminal: leave it out here', 0);
  if (merge && shard !== null) throw new Mistake('--shard does not go with --merge', 0);
  if (values.verify && (json || merge || shard !== null || queue !== null || scripts.includes(STDIN)))
    throw new Mistake(
      '--verify runs scripts that are files, here, and prints a table: leave --json, --merge, --shard, --queue and - out',
      0,
    );
  return {
    words: planWords(given),
    policyGiven: given.policy !== undefined,
    out,
    queue,
    merge,
    verify: values.verify,
    watch: values.watch,
    json,
    width,
    color,
    jobs: values.jobs ?? availableParallelism(),
    share: shard,
    job: {
      boot: bare ? null : (boot ?? bootScriptFile),
      group: values.group,
      options: { ...(errata !== null && { errata }), ...(kernel !== null && { kernel }) },
      warmup: values.warmup,
    },
    reports: readReports(values, merge ? [] : scripts),
  };
}
