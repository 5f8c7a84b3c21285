/** Every reason why an answer needn't equal the recorded one, in one table. */
export const ALLOWANCES = {
  'second run': 'a second run of the same kernel answered something else, so the value is not deterministic',
  time: 'the recordings were made on an emulated CPU, whose times are good as ratios only',
  "reader's start":
    'the start of the program that reads and the metadata of its file charge up to 50 pages: usage may be that much below, max_usage 66',
  'pinned pages':
    'after draining, the recorded kernel keeps 8 pages (32768) that are pinned; here it is 0, and passes that free nothing meet no page to wait for: here there are more of them',
  'clusters of 32':
    "reclaim frees 32 pages at a time from what was there, the reader's start too: usage where it ends may be 50 pages off either way",
  "reader's failures":
    "the pages of the reader's start meet the limit too: failcnt may be 2 below for each file read, any number above 0 where the limit is smaller than the start itself",
  'timed failures':
    'with the open end of 3/4 every pass takes elapsed time, and failcnt and usage of file pages depend on it',
  counts:
    'when a woken thread runs differs from run to run of the kernel itself: passes within 2 % and 2 for each file read, sleeps and wake-ups within a factor of two',
  'two CPUs':
    'with two CPUs the kernel itself differs from run to run in when the thread runs: held is what it comes to at the end',
  'two hundredths':
    "the reader's start and the metadata of its file are charged too: page-ins and failures may be 2 % off",
  'workload timing':
    'how far the thread gets while the workload runs depends on the recorded CPU: held are the winners and the failures',
  pids: 'emulated pids have seven digits, so a text that holds one is longer',
  'outside: /proc': 'the emulated machine has no /proc',
  'counting file':
    'memory.bgreclaim_stat was added to the recorded kernel to count, and is not part of the ABI',
  'other page cache':
    "the recorder's programs and the metadata of its files are in the page cache too: up to 512 kB more",
  'outside: mounts': 'the emulated filesystem is always mounted, once, and knows nothing above its root',
  'sizes of a mount':
    'a mount shows control files as blocks of 4096 bytes, as sysfs does: with the recorded 0 splice and sendfile would end before they ask for the text',
  'position of a mount':
    'Linux itself moves the position on by what a FUSE file took; the flags that keep it (of streams) would refuse seeks and pwrite',
  'other machine': 'what the root holds is what the recorded machine had done since its boot',
  'memory of a child':
    'the counters that a CPU keeps of a memory cgroup are kernel memory of its parent, a page each; here a cgroup costs nothing',
  'cached before': 'the recorded file was in the page cache already, so its second reader met no limit',
  'dying by RCU':
    'a removed cgroup without memory is counted as dying until a grace period has passed; here only while pages are charged to it',
  'memory of a process':
    'the recorded program has kernel memory of its own, and batches of other groups are drained at other moments: usage within two batches of 64 pages',
  'late statistics':
    '6.1 decides by statistics that lag by up to 128 changes, or 2 s of its own clock: 0.5 %, moves between lists 2 %',
  oom_score_adj:
    'the recorder kept its first task from the OOM killer, which emulated tasks can’t be, or asked before who was chosen was dead',
  'until who was chosen is dead':
    'who writes memory.max asks for a victim over and over until the last one is dead: how often is a race',
  'on its way to swap':
    'when a page that is written to swap is there depends on the device, and the recorded kernel varies by as much: 10 %, or 128 pages',
  'two pages of kernel memory':
    'objects other than nodes of the page cache’s index, buffer heads and mappings are not counted: up to 2 pages',
  'first page table':
    'the recorded program had the page table of its first page before it was in the group, and its memory does not begin with one: usage may be a batch of 64 apart',
  'batches at the limit':
    'where the limit leaves less than a batch of 64, pages are charged one by one, and each meets memory.high 17 times if nothing can be reclaimed: how many are left depends on the first page table',
  'its own moment':
    'when the loop came was the recorder’s clock’s: usage was within two batches of what it is here, and what is freed is by that, 1 % or a batch',
  'dirty pages':
    'when dirty pages are written depends on the disk, and the recorded kernel itself varies with fsync: 5 %',
  'outside: pointers': 'there is no bad pointer to write from: data is handed over whole',
} as const;

export type AllowanceName = keyof typeof ALLOWANCES;
