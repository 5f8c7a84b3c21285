import { pages } from '../../kernel/units.ts';
import type { Behaviour } from '../../task/behaviour.ts';
import { Ground, streamOf, type Values } from './ground.ts';

const TASK = 'worker';

/** Where the limits are, by the configuration's name: of the group, or of the parent. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unlimited: {},
  max4: { max: '4M' },
  'high3.5max4': { max: '4M', high: '3584K' },
  parent4: { parent: '4M' },
  max64: { max: '64M' },
  high48: { max: '64M', high: '48M' },
  high56: { max: '64M', high: '56M' },
  high60: { max: '64M', high: '60M' },
  parent64: { parent: '64M' },
  'max64-swapmax0': { max: '64M', swap: '0' },
  'max64-swapmax16M': { max: '64M', swap: '16M' },
};

export const isConfig = (name: string): boolean => Object.hasOwn(LIMITS, name);

/** A worker in a cgroup. */
export class Worker {
  readonly #ground: Ground;
  readonly #group: string;
  /** Where limits are met. */
  readonly #limited: string;

  /** `first`: nobody was there before. Else the CPU's stock holds bytes of whoever was. */
  constructor(config: string, first: boolean, swap = pages(0)) {
    const { parent, max, high, swap: swapMax } = LIMITS[config] ?? {};
    this.#ground = new Ground(swap);
    if (!first) this.#ground.leaveBytes();
    this.#group = parent === undefined ? '/group' : '/parent/group';
    this.#limited = parent === undefined ? this.#group : '/parent';
    if (parent !== undefined) {
      this.#ground.mkdir('/parent');
      this.#ground.write('/parent/cgroup.subtree_control', '+memory');
    }
    this.#ground.mkdir(this.#group);
    const write = (file: string, text: string | undefined): void => {
      if (text !== undefined) this.#ground.write(file, text);
    };
    write(`${this.#group}/memory.high`, high);
    write(`${this.#group}/memory.max`, max);
    write(`${this.#group}/memory.swap.max`, swapMax);
    write('/parent/memory.max', parent);
    this.#ground.spawn(TASK, this.#group);
  }

  file(name: string, length: number): void {
    this.#ground.file(name, length);
  }

  read(file: string, at: number, count: number, block = 8, readahead = true): void {
    this.run(streamOf(file, at, count, block, readahead));
  }

  write(file: string, at: number, count: number): void {
    this.run({ ...streamOf(file, at, count), write: true });
  }

  sync(): void {
    this.#ground.sync();
  }

  /** False: it died of it. */
  run(behaviour: Behaviour): boolean {
    return this.#ground.run(TASK, behaviour);
  }

  settle(): void {
    this.#ground.settle();
  }

  flush(): void {
    this.#ground.flush();
  }

  /** The group's, with `max` where the limit is. */
  all(): Values {
    const { max = 0 } = this.#ground.lines(this.#limited, 'memory.events');
    return { ...this.#ground.all(this.#group), max };
  }

  swap(): Values {
    const { max = 0, fail = 0 } = this.#ground.lines(this.#group, 'memory.swap.events');
    return {
      swap_current: this.#ground.number(this.#group, 'memory.swap.current'),
      swap_max: max,
      swap_fail: fail,
    };
  }
}
