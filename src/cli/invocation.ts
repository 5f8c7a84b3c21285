/**
 * What a command line says, before anything that knows the language is loaded: which
 * word it begins with, and the options of the program, which may stand before that word or behind it.
 */
export interface Invocation {
  /** Cgroup where files are that name none. */
  readonly group: string | null;
  readonly session: string | null;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
  /** The word and all that follows it, less the options above. */
  readonly words: readonly string[];
}

/** Wrong usage: one sentence, without full stop. */
export interface Misused {
  readonly misused: string;
}

/** Words of the language; a test holds them against the vocabulary. */
export const LANGUAGE: ReadonlySet<string> = new Set(
  (
    'ls tree cat read write open rewrite close mkdir rmdir mv chmod chown utimes get set ' +
    'spawn kill attach renice ps run start stop ' +
    'adopt proc exec exit wait at drop sync truncate fault faults attempt expect fails machine print include'
  ).split(' '),
);

/** Those whose texts may look like options: behind their first argument nothing is an option of the program. */
export const TAKES_ANY_TEXT: ReadonlySet<string> = new Set(
  'write rewrite set run start expect fails print pause'.split(' '),
);

/** -v means something else to others (`get -v`). */
const WRITES: ReadonlySet<string> = new Set(['write', 'set']);

/** `argv` without Node's and the program's path. The first word that is no option is a word of the language. */
export function readInvocation(argv: readonly string[]): Invocation | Misused {
  const found = { group: null as string | null, session: null as string | null };
  const flags = { json: false, verbose: false, help: false };
  const words: string[] = [];
  let closed = false;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at];
    if (closed || !word.startsWith('-') || word === '-') {
      words.push(word);
      if (words.length > 1 && TAKES_ANY_TEXT.has(words[0])) closed = true;
      continue;
    }
    if (word === '--') closed = true;
    const [name, value] = splitOption(word);
    if (name in VALUED) {
      const given = value ?? argv[++at];
      if (given === undefined || given === '') return { misused: `${name} takes a name` };
      found[VALUED[name]] = given;
    } else if (word === '--json') flags.json = true;
    else if (word === '--help' || (word === '-h' && words.length === 0)) flags.help = true;
    else if ((word === '-v' || word === '--verbose') && (words.length === 0 || WRITES.has(words[0])))
      flags.verbose = true;
    else if (words.length === 0) return { misused: `unknown option '${word}'` };
    else words.push(word);
  }
  return { ...found, ...flags, words };
}

const VALUED: Readonly<Record<string, 'group' | 'session'>> = {
  '-g': 'group',
  '--group': 'group',
  '--session': 'session',
};

function splitOption(word: string): [name: string, value: string | undefined] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** The options before the first word, and the rest. Options that take a value take the word behind them. */
export function splitLeading(argv: readonly string[]): [options: readonly string[], rest: readonly string[]] {
  let at = 0;
  while (at < argv.length && argv[at].startsWith('-') && argv[at] !== '-') at += argv[at] in VALUED ? 2 : 1;
  return [argv.slice(0, at), argv.slice(at)];
}
