/** Programs that look at their limit, or at the machine's memory, and size themselves by it. */

export interface Program {
  /** What it was started as: the file's name, and its words. */
  readonly name: string;
  readonly words: readonly string[];
  /** NAME=VALUE. */
  readonly environment: readonly string[];
}

/** Of which names, what they size, and the words or variables that fix it. */
const SIZED: readonly (readonly [name: RegExp, what: string, fixed: RegExp])[] = [
  [/^(node|nodejs|electron)$/, 'Node sizes its heap', /--max[-_]old[-_]space[-_]size/],
  [/^(java|javaw)$/, 'the JVM sizes its heap', /-Xmx|MaxHeapSize|MaxRAM=/],
  [/^(dotnet|mono)$/, '.NET sizes its heap', /^DOTNET_GCHeapHardLimit=|^COMPlus_GCHeapHardLimit=/],
  [/^(postgres|postmaster)$/, 'PostgreSQL sizes its caches', /^$/],
  [/^(mysqld|mariadbd)$/, 'MySQL sizes its caches', /^$/],
  [/^mongod$/, 'MongoDB sizes its cache', /wiredTigerCacheSizeGB/],
  [/^(redis-server|valkey-server)$/, 'Redis sizes what it keeps (maxmemory)', /^$/],
  [/^(memcached)$/, 'memcached sizes what it keeps (-m)', /^$/],
  [/^(clickhouse(-server)?|influxd|prometheus|cassandra)$/, 'it sizes its caches', /^$/],
];
const GO_LIMIT = /^GOMEMLIMIT=(?!off$)./;

/** Why what this program uses under one limit says little of another: a clause; null: nothing is known of that. */
export function selfSizing({ name, words, environment }: Program): string | null {
  const all = [...words.slice(1), ...environment];
  const go = environment.find((each) => GO_LIMIT.test(each));
  if (go !== undefined) return `${go} is set, and Go collects garbage by that`;
  const found = SIZED.find(([pattern]) => pattern.test(name));
  if (found === undefined || all.some((each) => found[2].test(each))) return null;
  return `${name}: ${found[1]} by the limit that it finds, or that it is set up for`;
}

/** What to do about it. */
export const sizedAdvice = (why: string): string =>
  `${why}, so that this recording holds for that limit alone: record it under the limit that it is to run with`;
