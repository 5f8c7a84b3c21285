/** What a column can be of: a figure that a replay has, or nothing that it could use. */
export type Figure = 'time' | 'anon' | 'rss' | 'working' | 'usage' | 'file' | 'read' | 'write';

/** What the name of a column says. */
export interface ColumnMeaning {
  /** null: no figure. */
  readonly figure: Figure | null;
  /** Bytes of one; null: nothing is said of it. */
  readonly unit: number | null;
  /** So much a second, not all since some beginning. */
  readonly rate: boolean;
  /** Operations where nothing else says that these are bytes. */
  readonly counts: boolean;
}

/** As memory is counted: K, kB, KB, Ki and KiB are 1024. */
const UNIT =
  /^(?:bytes?|octets|b|pages|sectors|([kmgtp])(?:i?b|i|bytes|bit)?|(?:kilo|mega|giga|kibi|mebi|gibi)bytes?)$/i;
const LETTERS = 'kmgtp';

/** The bytes of `K`, `Mi`, `MiB`, `kb`, `bytes`, `pages`; null: no unit. */
export function unitBytes(text: string): number | null {
  const word = text.toLowerCase();
  const match = UNIT.exec(word);
  if (match === null || word.endsWith('bit')) return null;
  if (word === 'pages') return 4096;
  if (word === 'sectors') return 512;
  const letter = match[1] ?? (/^(kilo|mega|giga|kibi|mebi|gibi)/.test(word) ? word[0] : '');
  return letter === '' ? 1 : 2 ** (10 * (LETTERS.indexOf(letter) + 1));
}

/** Names in lower case, less what says the unit, the rate and whose it is. */
const NAMES: Readonly<Record<Figure, readonly string[]>> = {
  time: [
    'time',
    'timestamp',
    'ts',
    'date',
    'datetime',
    'date_time',
    'elapsed',
    'elapsed_time',
    'clock',
    't',
    'utc',
  ],
  anon: ['anon', 'anonymous', 'rssanon', 'rss_anon', 'anon_rss', 'anon_pages', 'total_rss'],
  rss: ['rss', 'rsz', 'res', 'vmrss', 'vm_rss', 'resident', 'resident_set', 'resident_set_size', 'rss_set'],
  working: ['working_set', 'workingset', 'wss', 'rss_plus_active'],
  usage: ['usage', 'used', 'current', 'usage_in', ''],
  file: [
    'file',
    'cache',
    'cached',
    'page_cache',
    'pagecache',
    'file_cache',
    'filecache',
    'total_cache',
    'files',
  ],
  read: ['read', 'rd', 'rchar', 'rbytes', 'reads', 'r', 'in'],
  write: ['write', 'written', 'wr', 'wchar', 'wbytes', 'writes', 'w', 'out'],
};
/** These are of operations unless a unit says otherwise. */
const COUNTED = new Set(['reads', 'writes', 'r', 'w', 'in', 'out']);
const COUNTS =
  /(^|_)(reads?|writes?|rd|wr|[rw]|io)_(ops?|ios?|counts?|completed|merged|requests?|reqs)(_|$)|(^|_)(iops|ios)(_|$)/;

/** Words that say whose figure it is, or nothing at all; and of what room a figure can be in their company. */
const MEMORY = new Set(['mem', 'memory', 'ram', 'vm']);
const STORAGE = new Set(['fs', 'io', 'blkio', 'disk', 'block', 'blk', 'storage', 'device']);
const IDLE = new Set(
  'container process proc pod pods cgroup node system host k8s kube docker app application job task service total avg average mean last value gauge the of size data bytes'.split(
    ' ',
  ),
);
const RATE = /(?:\/s(?:ec(?:ond)?)?|[_ ]per[_ ]sec(?:ond)?|[_ ]persec|[_ ]rate|bps)(?=[)\]]?\s*$)/i;
/** PromQL's functions; those of whose numbers nobody can say what was in between are no figure. */
const FUNCTION =
  /^\s*(sum|avg|max|min|rate|irate|increase|delta|idelta|deriv|quantile|topk|(?:avg|max|min|sum|last|quantile)_over_time|label_replace|round|ceil|floor|clamp_min)\b[^{]*?\(/;

/** Reads `anon_kb`, `Read (MiB/s)`, `container_fs_reads_bytes_total`, `rate(x[5m])`, `rkB/s`. */
export function readColumnName(text: string): ColumnMeaning {
  const none = { figure: null, unit: null, rate: false, counts: false };
  const functions = FUNCTION.test(text) ? text : '';
  if (/\b(increase|i?delta|deriv|topk)\s*\(/.test(functions) || /%|\bpercent\b|_pct\b|\bratio\b/i.test(text))
    return none;
  const bare = withoutLabels(functions === '' ? text : innermost(text)).trim();
  const isRate = /\bi?rate\s*\(/.test(functions) || RATE.test(bare);
  if (/mem(ory)?[_ ]?total/i.test(bare)) return none;
  const { word, unit } = splitUnit(bare.replace(RATE, ''), /bps\)?\]?\s*$/i.test(bare));
  const counted = COUNTS.test(word);
  const room = { memory: false, storage: false };
  const words = word.split('_').filter((each) => {
    room.memory ||= MEMORY.has(each);
    room.storage ||= STORAGE.has(each);
    return each !== '' && !MEMORY.has(each) && !STORAGE.has(each) && !IDLE.has(each);
  });
  const name = words.join('_');
  const figure = (Object.keys(NAMES) as Figure[]).find(
    (each) => NAMES[each].includes(name) && isOf(each, room, name),
  );
  if (figure === undefined) return { ...none, counts: counted };
  return { figure, unit, rate: isRate, counts: COUNTED.has(name) && unit === null };
}

/** `usage` of storage is no memory, `in` of memory is no volume; and `memory` alone is all of it. */
function isOf(
  figure: Figure,
  { memory, storage }: { memory: boolean; storage: boolean },
  name: string,
): boolean {
  if (figure === 'time') return !memory && !storage;
  if (figure === 'read' || figure === 'write') return !memory && (storage || !['in', 'out'].includes(name));
  return !storage && (memory || name !== '');
}

/** `{pod="web-0"}` and `[5m]` off. */
export const withoutLabels = (name: string): string =>
  name
    .replace(/\{.*\}/s, '')
    .replace(/\[\d+[smhd](:[^\]]*)?\]/g, '')
    .replace(/\{.*$/s, '');

/** The metric in `sum(rate(container_fs_reads_bytes_total{pod="a"}[5m]))`. */
function innermost(text: string): string {
  const names = withoutLabels(text).match(/[A-Za-z_:][\w:]*/g) ?? [];
  return (
    names.filter((each) => each.includes('_') && !each.endsWith('_over_time')).at(-1) ?? names.at(-1) ?? ''
  );
}

function splitUnit(text: string, perSecond: boolean): { word: string; unit: number | null } {
  const bracketed = /[([]\s*([A-Za-z]+)\s*[)\]]?\s*$/.exec(text);
  if (bracketed !== null) {
    const unit = unitBytes(bracketed[1].replace(/ps$/i, ''));
    return {
      word: plain(text.slice(0, bracketed.index)),
      unit: unit ?? (perSecond ? letterUnit(bracketed[1]) : null),
    };
  }
  // iostat's rkB/s, pidstat's kB_rd/s.
  const prefixed = /^([rw])([kMG]B)$/.exec(text) ?? /^([kMG]B)_(rd|wr)$/.exec(text);
  if (prefixed !== null) {
    const [, first, second] = prefixed;
    return first.length === 1
      ? { word: first, unit: unitBytes(second) }
      : { word: second, unit: unitBytes(first) };
  }
  const word = plain(text);
  const behind =
    /^(.+?)_?(bytes|octets|pages|sectors|[kmgt]i?b|kilobytes|megabytes|(?<=_)[kmgtb])(_total|_sum|_avg|_max)?$/.exec(
      word,
    );
  if (behind === null || ['rbytes', 'wbytes', 'anon_pages'].includes(word)) {
    const isBytes = /(^|_)[rw]?bytes(_|$)/.test(word);
    return { word, unit: isBytes ? 1 : perSecond ? letterUnit(/([kmg]?)$/i.exec(text)?.[1] ?? '') : null };
  }
  return { word: behind[1], unit: unitBytes(behind[2]) };
}

const letterUnit = (letter: string): number | null => (letter === '' ? 1 : unitBytes(letter));

/** Lower case with `_` between its words. */
const plain = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
