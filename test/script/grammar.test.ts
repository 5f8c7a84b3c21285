import { describe, expect, it } from 'vitest';
import { BEHAVIOURS } from '../../src/script/grammar/behaviours.ts';
import { parseLine, usage, VOCABULARY } from '../../src/script/vocabulary.ts';

function commandOf(line: string) {
  const parsed = parseLine(line);
  if (parsed.kind !== 'command')
    throw new Error(parsed.kind === 'mistake' ? parsed.mistake.message : 'nothing');
  return parsed.command;
}

describe('a line', () => {
  it.each<[string, object]>([
    ['ls', { name: 'ls', cgroup: '/', recursive: false }],
    ['ls -R web', { name: 'ls', cgroup: '/web', recursive: true }],
    ['ls web -R', { name: 'ls', cgroup: '/web', recursive: true }],
    ['tree', { name: 'tree', cgroup: '/' }],
    ['pause what now?', { name: 'pause', text: 'what now?' }],
    ['cat failcnt', { files: [{ cgroup: null, name: 'failcnt', key: null }] }],
    ['read web/db/stat:cache', { name: 'cat', files: [{ cgroup: '/web/db', name: 'stat', key: 'cache' }] }],
    ['cat /tasks', { files: [{ cgroup: '/', name: 'tasks' }] }],
    ['cat a:b/failcnt', { files: [{ cgroup: '/a:b', name: 'failcnt', key: null }] }],
    ['write f -1', { name: 'write', file: { cgroup: null, name: 'f', key: null }, text: '-1' }],
    ['write f --help', { text: '--help' }],
    ['write f --', { text: '--' }],
    ['write f a:b', { text: 'a:b' }],
    ['write f ""', { text: '' }],
    ['rewrite f -1', { name: 'rewrite', file: { cgroup: null, name: 'f' }, text: '-1' }],
    ['open web/tasks', { name: 'open', file: { cgroup: '/web', name: 'tasks' } }],
    ['close tasks', { name: 'close', file: { cgroup: null, name: 'tasks' } }],
    ['mkdir -p a//b/ /c', { name: 'mkdir', cgroups: ['/a/b', '/c'], parents: true }],
    ['mkdir -- -p', { cgroups: ['/-p'], parents: false }],
    ['rmdir -r web', { name: 'rmdir', cgroups: ['/web'], recursive: true }],
    ['mv web/a web/b', { name: 'mv', from: '/web/a', to: '/web/b' }],
    ['get -n -v -r failcnt -r stat web', { noHeaders: true, valuesOnly: true, names: ['failcnt', 'stat'] }],
    [
      'set web low_wmark_in_bytes=1M tasks=0',
      {
        cgroup: '/web',
        values: [
          { name: 'low_wmark_in_bytes', value: '1M' },
          { name: 'tasks', value: '0' },
        ],
      },
    ],
    ['set web x=a=b', { values: [{ name: 'x', value: 'a=b' }] }],
    ['spawn reader', { name: 'spawn', task: 'reader', cgroup: null, node: null, rereads: null }],
    ['spawn reader web --node 1', { cgroup: '/web', node: 1 }],
    ['spawn reader --rereads unknown', { task: 'reader', rereads: 'unknown' }],
    ['kill reader', { name: 'kill', task: 'reader', signal: 'KILL' }],
    ['kill -STOP reader', { signal: 'STOP' }],
    ['kill reader -CONT', { signal: 'CONT' }],
    ['attach reader /', { name: 'attach', task: 'reader', cgroup: '/' }],
    ['renice reader -5', { name: 'renice', nice: -5 }],
    ['ps', { name: 'ps' }],
    ['adopt 12 web', { name: 'adopt', pid: 12, cgroup: '/web', comm: null, parent: null, base: {} }],
    [
      'adopt 12 web anon=5000 --name -bash --start 77 --parent 11',
      { comm: '-bash', start: 77, parent: 11, base: { anon: 2 } },
    ],
    ['proc 12 anon=1M shmem=0', { name: 'proc', pid: 12, seen: { anon: 256, shmem: 0 }, wait: true }],
    ['proc --no-wait 12 file=4k', { seen: { file: 1 }, wait: false }],
    ['exec 12 --name python3', { name: 'exec', pid: 12, comm: 'python3' }],
    ['exit 12', { name: 'exit', pid: 12 }],
    ['stop reader', { name: 'stop', task: 'reader' }],
    [
      'fault web/tasks EBUSY',
      {
        name: 'fault',
        does: 'set',
        file: { cgroup: '/web', name: 'tasks' },
        fault: { errno: 'EBUSY', on: null, after: 0, times: 1 },
      },
    ],
    ['fault failcnt EIO --times all --after 2 --on read', { fault: { on: 'read', after: 2, times: null } }],
    ['fault --clear', { name: 'fault', does: 'clear', file: null }],
    ['fault web/tasks --clear', { does: 'clear', file: { cgroup: '/web', name: 'tasks' } }],
    ['faults', { name: 'faults' }],
    ['attempt web/tasks write', { name: 'attempt', file: { cgroup: '/web' }, access: 'write' }],
    ['drop all', { name: 'drop', file: null }],
    ['drop data.img', { name: 'drop', file: 'data.img' }],
    ['sync', { name: 'sync' }],
    ['truncate data.img 5000', { name: 'truncate', file: 'data.img', pages: 2 }],
    ['wait 1.5s', { name: 'wait', for: 'time', time: 1_500_000_000 }],
    ['wait 0', { for: 'time', time: 0 }],
    ['wait reader', { for: 'task', task: 'reader' }],
    [
      "wait 'failcnt > 0' --within 1m",
      { for: 'condition', within: 60_000_000_000, condition: { operator: '>' } },
    ],
    ['wait failcnt -gt 0 --within 1m', { for: 'condition', condition: { operator: '>' } }],
    ['at 2h', { name: 'at', time: 7_200_000_000_000 }],
    [
      'expect reclaim_stat:bg_state == sleeping',
      {
        condition: {
          file: { name: 'reclaim_stat', key: 'bg_state' },
          value: { kind: 'text', text: 'sleeping' },
        },
      },
    ],
    [
      'fails EINVAL write f 1',
      { name: 'fails', errno: 'EINVAL', command: { name: 'write', text: '1' }, text: 'write f 1' },
    ],
    ['print  two   words', { name: 'print', text: 'two words' }],
    ['print -n', { text: '-n' }],
    ['print', { text: '' }],
    ['include a/b.memcg', { name: 'include', path: 'a/b.memcg' }],
  ])('%s', (line, command) => {
    expect(commandOf(line)).toMatchObject(command);
  });

  it.each<[string, object]>([
    ['alloc 1M', { kind: 'alloc', pages: 256 }],
    ['alloc 1', { kind: 'alloc', pages: 1 }],
    ['free all', { kind: 'free', pages: null }],
    ['free 8k', { kind: 'free', pages: 2 }],
    [
      'touch all',
      {
        kind: 'touch',
        pages: null,
        pattern: { kind: 'seq' },
        times: 1,
        forTime: null,
        write: false,
        rate: null,
      },
    ],
    [
      'touch 1M --pattern zipf=0.99 --for 1s --write',
      { pattern: { kind: 'zipf', theta: 0.99 }, times: null, forTime: 1e9, write: true },
    ],
    ['touch 1M --pattern=hot=10%:90% --times=3', { pattern: { kind: 'hot', share: 0.1, of: 0.9 }, times: 3 }],
    [
      'stream f 512M',
      {
        kind: 'stream',
        file: 'f',
        pages: 131_072,
        at: 0,
        write: false,
        random: false,
        times: 1,
        rate: null,
        block: 32,
        readahead: true,
      },
    ],
    ['stream f 4k --at 4095 --bs 1 --no-readahead', { pages: 2, at: 0, block: 1, readahead: false }],
    ['stream f 0 --at 5000', { pages: 0, at: 1 }],
    ['stream f 1M --rate 1M/s --random --write', { rate: 2 ** 20, random: true, write: true }],
    ['map lib.so 1M', { kind: 'map', file: 'lib.so', pages: 256 }],
    ['trace a.csv', { kind: 'trace', path: 'a.csv', format: null, asap: false }],
    ['trace a.csv --format csv:unit=512 --asap', { format: 'csv:unit=512', asap: true }],
    ['sleep 5us', { kind: 'sleep', time: 5000 }],
  ])('run t %s', (words, behaviour) => {
    expect(commandOf(`run t ${words}`)).toMatchObject({ name: 'run', task: 't', behaviour });
    expect(commandOf(`start t ${words}`)).toMatchObject({ name: 'start', task: 't', behaviour });
  });

  it.each<[string, object]>([
    [
      'cpus=4 memory=1G swap=512M nodes=2 seed=7',
      { cpus: 4, memory: 262_144, swap: 131_072, nodes: 2, seed: 7 },
    ],
    ['wmarks=off extras=on reclaimd=off', { wmarks: false, extras: true, reclaimd: false }],
    ['cost.scan=80ns cost.diskLatency=1ms', { costs: { scan: 80, diskLatency: 1_000_000 } }],
    [
      'errata=best-node-forgotten,charge-fallthrough',
      { errata: ['charge-fallthrough', 'best-node-forgotten'] },
    ],
    ['errata=none', { errata: [] }],
  ])('machine %s', (words, options) => {
    expect(commandOf(`machine ${words}`)).toEqual({ name: 'machine', options });
  });

  it.each(['', '   ', '# nothing', '\t# nothing'])('may say nothing: %j', (line) => {
    expect(parseLine(line)).toEqual({ kind: 'nothing' });
  });
});

describe('a mistake', () => {
  it.each<[string, number, RegExp]>([
    ['wriet f 1', 1, /unknown command 'wriet': did you mean 'write'\?/],
    ['  Mkdir web', 3, /did you mean 'mkdir'/],
    ['frobnicate', 1, /^unknown command 'frobnicate'$/],
    ['touch all', 1, /run TASK touch/],
    ['write', 6, /FILE is missing: write FILE TEXT/],
    ['write f', 8, /TEXT is missing: write FILE TEXT/],
    ['write f 1 2', 11, /'2' is one word too many/],
    ['write web/ 1', 7, /one of its files has to follow/],
    ['mkdir', 6, /CGROUP is missing/],
    ['fault', 1, /FILE is missing: fault/],
    ['fault failcnt', 1, /ERRNO is missing: fault/],
    ['fault failcnt EBUSY --clear', 1, /--clear takes a FILE alone/],
    ['fault failcnt EBUSY --times 0', 29, /1/],
    ['fault failcnt EBUSY --on open', 26, /'open' is not read or write/],
    ["mkdir ''", 7, /a cgroup has a name/],
    ['mkdir --parents web', 7, /unknown option '--parents'/],
    ['kill -STP t', 6, /did you mean '-STOP'/],
    ['kill -STOP -CONT t', 1, /one signal/],
    ['spawn 1st', 7, /not a task's name/],
    ['spawn reader --rereads some', 24, /neither known nor unknown/],
    ['renice t 20', 10, /whole number from -20 to 19/],
    ['truncate f 1.5M', 12, /'1.5M' is not a size/],
    ['truncate f 9999999999T', 12, /too large/],
    ['set web low', 9, /NAME=VALUE/],
    ['get -r web/failcnt web', 8, /file's name alone/],
    ['wait 5', 6, /not a time/],
    ['wait 5parsecs', 6, /not a time/],
    ['wait web/failcnt', 6, /condition is FILE OP VALUE/],
    ["wait 'failcnt > 0'", 1, /--within TIME/],
    ['wait 1s --within 2s', 1, /belongs to a condition/],
    ['at 1d', 4, /not a time/],
    ['expect failcnt', 15, /OP is missing/],
    ['expect failcnt = 0', 16, /'=' does not compare/],
    ['expect failcnt ==', 18, /VALUE is missing/],
    ['expect failcnt > many', 18, /compared with == and != only/],
    ['fails ENIVAL write f 1', 7, /did you mean 'EINVAL'/],
    ['fails EINVAL', 13, /COMMAND... is missing/],
    ['fails EINVAL wriet f 1', 14, /did you mean 'write'/],
    ['fails EINVAL expect failcnt == 0', 14, /nothing that the kernel can refuse/],
    ['run t', 6, /BEHAVIOUR... is missing/],
    ['run t strem f 1M', 7, /did you mean 'stream'/],
    ['run t stream f', 15, /SIZE is missing: stream FILE SIZE/],
    ['run t stream f 1M --tmes 3', 19, /did you mean '--times'/],
    ['run t stream f 1M --times', 26, /--times takes N/],
    ['run t stream f 1M --times 0', 27, /whole number/],
    ['run t stream f 1M --times 1 --times 2', 29, /given twice/],
    ['run t stream f 1M --rate 0', 26, /not a rate/],
    ['run t stream f 1M --bs 0', 7, /--bs takes a size above 0/],
    ['run t touch all --times 2 --for 1s', 7, /not both/],
    ['run t touch all --pattern zipff=1', 27, /did you mean 'zipf'/],
    ['run t touch all --pattern hot=0%:9%', 27, /percentages/],
    ['machine nods=2', 9, /did you mean 'nodes'/],
    ['machine cpus=0', 14, /1 to 64/],
    ['machine memory=lots', 16, /not a size/],
    ['machine wmarks=maybe', 16, /neither on nor off/],
    ['machine errata=constructor', 16, /no erratum/],
    ['machine toString=1', 9, /no option/],
    ['toString', 1, /unknown command/],
    ['expect failcnt constructor 0', 16, /does not compare/],
    ['machine errata=best-node', 16, /no erratum/],
    ['machine cost.scn=1ns', 9, /did you mean 'cost.scan'/],
    ['machine seed=1 seed=2', 16, /given twice/],
    ['include', 8, /PATH is missing/],
    ["write f 'open", 9, /never closed/],
  ])('%s: in column %i, %s', (line, column, message) => {
    const parsed = parseLine(line);
    if (parsed.kind !== 'mistake') throw new Error(`taken for right: ${line}`);
    expect(parsed.mistake.message).toMatch(message);
    expect(parsed.mistake.column).toBe(column);
  });
});

describe('the vocabulary', () => {
  it.each(VOCABULARY.map((entry) => [entry.word, entry] as const))(
    'has an example for %s that parses',
    (_, entry) => {
      const command = commandOf(entry.example);
      expect([entry.word, 'run']).toContain(command.name);
      expect(entry.summary).not.toMatch(/\.$/);
    },
  );

  it.each(BEHAVIOURS.map((entry) => [entry.word, entry] as const))(
    'has an example for %s that parses',
    (_, entry) => {
      expect(commandOf(entry.example)).toMatchObject({ behaviour: { kind: entry.word } });
    },
  );

  it('says how each word is used', () => {
    const usages = new Map(VOCABULARY.map((entry) => [entry.word, usage(entry)]));
    expect(usages.get('write')).toBe('write FILE TEXT');
    expect(usages.get('spawn')).toBe('spawn TASK [CGROUP] [--node N] [--rereads known|unknown]');
    expect(usages.get('get')).toBe('get CGROUP... [-n] [-v] [-r NAME]... [-h]');
  });

  it('tells what kind each argument is, for completion', () => {
    const kinds = (name: string) =>
      VOCABULARY.find((entry) => entry.word === name)?.signature.arguments.map((argument) => argument.kind);
    expect(kinds('write')).toEqual(['file', 'text']);
    expect(kinds('attach')).toEqual(['task', 'cgroup']);
    expect(kinds('truncate')).toEqual(['data-file', 'size']);
  });
});
