import {
  copyHistogram,
  type Histogram,
  histogramSince,
  newHistogram,
  percentile,
} from '../../kernel/histogram.ts';
import { bytesOf, type Nanoseconds, ns, pages } from '../../kernel/units.ts';
import { type CgroupLook, Machine } from '../../machine/machine.ts';
import type { Curve } from '../../script/history/track.ts';
import { Track } from '../../script/history/track.ts';
import type { Feeds } from '../../script/traces.ts';
import { obey } from './asking.ts';
import { Observed } from './observed.ts';
import { type Order, Player } from './player.ts';
import type { Answer, Comparison, WhatIf } from './stage.ts';

/** Events that a fork inherits. */
const EVENTS = 10_000;

export interface ForkSettings {
  readonly feeds: Feeds;
  readonly order: Order;
  readonly group: string;
}

/** The figures of all cgroups at one instant. */
interface Figures {
  readonly looks: ReadonlyMap<string, CgroupLook>;
  readonly stalls: ReadonlyMap<string, Histogram>;
}

/** Another future of a machine: what would have been if a line had been typed at some instant. */
export class Fork implements WhatIf {
  readonly at: Nanoseconds;
  readonly lines: string[] = [];
  readonly player: Player;
  readonly #settings: ForkSettings;
  /** What really was, on its track. */
  readonly #was: Track | null;
  readonly #before: Figures;
  #present: number;
  /** Of what was and of the fork, at the same time. */
  #compared: { readonly was: Figures; readonly whatIf: Figures } | null = null;

  /** Leaves the way that the player goes where it stands; the player stays as it is. */
  constructor(from: Player, was: Track | null, present: number, settings: ForkSettings) {
    const machine = Machine.load(from.machine.save());
    const observed = new Observed(machine, new Track(machine), from.observed.memory(EVENTS));
    const { feeds, order } = settings;
    this.player = new Player({ observed, tape: from.tape, feeds, order, position: from.position });
    this.at = ns(machine.now);
    this.#settings = settings;
    this.#was = was;
    this.#present = present;
    this.#before = figuresOf(machine);
  }

  get progress(): number {
    const whole = this.#present - this.at;
    return whole <= 0 ? 1 : Math.min(1, (this.player.machine.now - this.at) / whole);
  }

  async ask(line: string): Promise<Answer> {
    const { player } = this;
    const answer = await obey(line, {
      machine: player.machine,
      group: this.#settings.group,
      between: (operation) => player.between(operation),
      openTrace: (task, path, format) => this.#settings.feeds.open(task, path, format),
    });
    if (answer.ok) this.lines.push(line);
    return answer;
  }

  /** Goes on to where the present machine stands, as far as the deadline allows. */
  async follow(present: Machine, deadline: number): Promise<void> {
    this.#present = present.now;
    if (this.player.machine.now < present.now && !(await this.player.to(present.now, deadline))) return;
    this.#compared = { was: figuresOf(present), whatIf: figuresOf(this.player.machine) };
  }

  compare(path: string): readonly Comparison[] {
    if (this.#compared === null) return [];
    const { was, whatIf } = this.#compared;
    const columns = [figuresSince(path, this.#before, was), figuresSince(path, this.#before, whatIf)];
    const [left, right] = columns;
    if (left === null || right === null) return [];
    const peak = (track: Track | null): number => {
      const curve = track?.curve(path, this.#present, this.at, this.#present, 1);
      return curve?.stretches[0]?.max ?? 0;
    };
    const row = (
      name: string,
      as: Comparison['as'],
      value: keyof Since,
      lessIsBetter = true,
    ): Comparison[] => {
      const [was, whatIf] = [left[value], right[value]];
      return was === null || whatIf === null ? [] : [{ name, as, was, whatIf, lessIsBetter }];
    };
    const size = (count: number): number => Number(bytesOf(pages(count)));
    return [
      ...row('limit failures', 'count', 'failures'),
      ...row('stalls', 'count', 'stalls'),
      ...row('time stalled', 'time', 'stalled'),
      ...row('stall p99', 'time', 'p99'),
      ...row('reclaimer CPU', 'time', 'reclaimer'),
      ...row('refaults', 'count', 'refaults'),
      ...row('OOM kills', 'count', 'oomKills'),
      ...row('pages charged', 'count', 'charged', false),
      {
        name: 'peak usage',
        as: 'size',
        was: size(peak(this.#was)),
        whatIf: size(peak(this.player.observed.track)),
        lessIsBetter: false,
      },
    ];
  }

  curve(path: string, from: Nanoseconds, to: Nanoseconds, count: number): Curve {
    const empty: Curve = { from, to, stretches: [] };
    return this.player.observed.track?.curve(path, this.player.machine.now, from, to, count) ?? empty;
  }
}

interface Since {
  readonly failures: number;
  readonly stalls: number;
  readonly stalled: number;
  readonly p99: number;
  readonly reclaimer: number;
  /** null: unknown. */
  readonly refaults: number | null;
  readonly oomKills: number;
  readonly charged: number;
}

function figuresOf(machine: Machine): Figures {
  const looks = new Map(machine.looks().map((look) => [look.path, look]));
  const stalls = new Map<string, Histogram>();
  for (const path of looks.keys()) stalls.set(path, copyHistogram(machine.counters(path).stalls));
  return { looks, stalls };
}

/** What came to a cgroup's figures; null: it is not there. */
function figuresSince(path: string, before: Figures, after: Figures): Since | null {
  const now = after.looks.get(path);
  if (now === undefined) return null;
  const then = before.looks.get(path);
  const more = (value: (look: CgroupLook) => number): number => {
    const difference = value(now) - (then === undefined ? 0 : value(then));
    return difference < 0 ? value(now) : difference;
  };
  return {
    failures: more(({ failcnt }) => failcnt),
    stalls: more(({ stat }) => stat.stall_count),
    stalled: more(({ stat }) => stat.stall_total_ns),
    p99: p99Since(before.stalls.get(path), after.stalls.get(path)),
    reclaimer: more(({ stat }) => stat.bg_cpu_ns),
    refaults: now.stat.refaults === null ? null : more(({ stat }) => stat.refaults ?? 0),
    oomKills: more(({ stat }) => stat.oom_kills),
    charged: more(({ pgpgin }) => pgpgin),
  };
}

function p99Since(before: Histogram | undefined, after: Histogram | undefined): number {
  if (after === undefined) return 0;
  return Math.round(percentile(histogramSince(after, before ?? newHistogram()), 0.99));
}
