import { type Nanoseconds, ns, type Pages } from '../../kernel/units.ts';
import { controlFileNamed } from '../../machine/kernels.ts';
import type { CgroupLook } from '../../machine/machine.ts';
import { type Health, healthOf } from '../../report/health.ts';
import type { Rates } from '../../script/history/counts.ts';
import { type Base, ratesSince } from '../../script/history/counts.ts';
import { join } from '../../script/paths.ts';
import type { Observed, Remembered } from './observed.ts';
import type { CgroupRow, ControlFileText, Detail, Details, Snapshot } from './stage.ts';

/** Rates and health are worked out for the rows that are looked at. */
class Row implements CgroupRow {
  readonly path: string;
  readonly usage: CgroupLook['usage'];
  readonly failcnt: number;
  readonly state: CgroupLook['state'];
  readonly stat: CgroupLook['stat'];
  readonly cache: Pages;
  readonly rss: Pages;
  readonly pgpgin: number;
  readonly pgpgout: number;
  readonly active: Pages;
  readonly inactive: Pages;
  readonly tasks: number;
  readonly policy: CgroupLook['policy'];
  readonly kernel: CgroupLook['kernel'];
  readonly #at: Instant;
  readonly #remembered: Remembered;
  #rates: Rates | null = null;
  #health: Health | null = null;

  constructor(look: CgroupLook, remembered: Remembered, at: Instant) {
    this.path = look.path;
    this.usage = look.usage;
    this.failcnt = look.failcnt;
    this.state = look.state;
    this.stat = look.stat;
    this.cache = look.cache;
    this.rss = look.rss;
    this.pgpgin = look.pgpgin;
    this.pgpgout = look.pgpgout;
    this.active = look.active;
    this.inactive = look.inactive;
    this.tasks = look.tasks;
    this.policy = look.policy;
    this.kernel = look.kernel;
    this.#remembered = remembered;
    this.#at = at;
  }

  get rates(): Rates {
    this.#rates ??= ratesSince(this.#at.base, this, this.#at.now);
    return this.#rates;
  }

  get health(): Health {
    const { now, hasReclaimer } = this.#at;
    const { rates } = this;
    this.#health ??= healthOf({ look: this, rates, remembered: this.#remembered, now, hasReclaimer });
    return this.#health;
  }
}

interface Instant {
  readonly now: Nanoseconds;
  readonly base: Base;
  readonly hasReclaimer: boolean;
}

/** What a machine looks like at the instant at which it stands. */
export function snapshotOf(observed: Observed): Snapshot {
  const { machine, rates } = observed;
  const time = ns(Math.floor(machine.now));
  const { reclaimd, cpus } = machine.options;
  const at = { now: time, base: rates.base(time), hasReclaimer: reclaimd };
  const cgroups = machine.looks().map((look) => new Row(look, observed.remembered(look.path), at));
  const tasks = cgroups.reduce((sum, row) => sum + row.tasks, 0);
  return { time, cpus, totals: machine.totals(), tasks, cgroups };
}

/** More of one cgroup; nothing of one that is not there. `room`: cells of a strip. */
export function detailOf<D extends Detail>(
  observed: Observed,
  path: string,
  what: D,
  room: number,
): Details[D] {
  const details: { readonly [K in Detail]: () => Details[K] } = {
    tasks: () =>
      observed.machine
        .tasks()
        .filter(
          ({ cgroup, name, pid }) =>
            (cgroup === path && name !== 'sh') || pid === observed.remembered(path).reclaimer,
        )
        .sort((a, b) => Number(a.state === 'X') - Number(b.state === 'X')),
    lists: () => (isThere(observed, path) ? observed.machine.lists(path, room) : []),
    files: () => filesOf(observed, path),
    events: () => observed.log.of(path),
  };
  return details[what]();
}

const isThere = ({ machine }: Observed, path: string): boolean => machine.list(path).ok;

/** Every control file of a cgroup, with its text. */
export function filesOf({ machine }: Pick<Observed, 'machine'>, path: string): ControlFileText[] {
  const names = machine.list(path);
  if (!names.ok) return [];
  return names.value
    .filter(({ directory }) => !directory)
    .map(({ name }) => {
      const text = machine.read(join(path, name));
      return {
        name,
        text: text.ok ? text.value : null,
        writable: controlFileNamed(name)?.write !== undefined,
      };
    });
}
