import { done } from '../../kernel/errno.ts';
import { bytesOf, pages } from '../../kernel/units.ts';
import type { ControlFile, MemCgroup } from '../types.ts';
import { counterFile } from './counter-file.ts';

/** The control files of mm/memcontrol.c for swap, and for zswap, which is not emulated. */

const SOURCE = 'mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';

const amount = (
  name: string,
  about: string,
  rule: string,
  of: (memcg: MemCgroup) => number,
): ControlFile => ({
  name,
  mode: 0o444,
  where: 'below',
  about,
  kind: 'bytes',
  rule,
  initially: '0',
  source: SOURCE,
  example: `cat -h ${name}`,
  read: (_fs, { memcg }) => done(`${bytesOf(pages(of(memcg)))}\n`),
});

const current = amount(
  'memory.swap.current',
  'swap that is charged to the cgroup and to those below it now',
  'Counted apart from memory.current.',
  ({ swap }) => swap.usage,
);

const zswapCurrent = amount('memory.zswap.current', 'memory of zswap', 'There is no zswap here: 0.', () => 0);

const max = counterFile(
  'memory.swap.max',
  {
    about: 'no more swap than this is charged; what does not fit stays in memory',
    rule: 'What is above it already stays there.',
    initially: 'max',
    example: 'write memory.swap.max 64M',
  },
  ({ swap }) => swap.max,
  ({ memcg }, value) => {
    memcg.swap.max = value;
  },
);

const high = counterFile(
  'memory.swap.high',
  {
    about: 'who has more swap than this is held back when it charges memory',
    rule: 'As memory.high holds back.',
    initially: 'max',
    example: 'write memory.swap.high 32M',
  },
  ({ swap }) => swap.high,
  ({ memcg }, value) => {
    memcg.swap.high = value;
  },
);

const zswapMax = counterFile(
  'memory.zswap.max',
  {
    about: 'no more zswap than this',
    rule: 'Kept, and not acted upon: there is no zswap here.',
    initially: 'max',
    example: 'write memory.zswap.max 0',
  },
  ({ cgroup }) => cgroup.zswapMax,
  ({ memcg }, value) => {
    memcg.cgroup.zswapMax = value;
  },
);

const events: ControlFile = {
  name: 'memory.swap.events',
  mode: 0o444,
  where: 'below',
  about: 'how often the limits of swap were met',
  kind: 'lines',
  rule: 'max: a page found no room below memory.swap.max. fail: no swap was left.',
  initially: 'zeros',
  source: SOURCE,
  example: 'cat memory.swap.events:max',
  polling: 'events',
  read: (_fs, { memcg: { swapEvents: counted } }) =>
    done(`high ${counted.high}\nmax ${counted.max}\nfail ${counted.fail}\n`),
};

export const SWAP_FILES: readonly ControlFile[] = [current, events, high, max, zswapCurrent, zswapMax];
