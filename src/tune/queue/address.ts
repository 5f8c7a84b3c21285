import { Mistake } from '../../script/mistake.ts';

/** Where a Redis server is. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
  /** For people: without the password. */
  readonly shown: string;
}

const PORT = 6379;
const FORM = 'redis://[[USER]:PASSWORD@]HOST[:PORT][/DB], or rediss:// for TLS';

/** Reads the URL of `--queue`. */
export function parseAddress(text: string): RedisAddress | Mistake {
  const mistake = (why: string): Mistake => new Mistake(`--queue: ${why}: ${FORM}`, 0);
  let url: URL;
  let user: Pick<RedisAddress, 'username' | 'password'>;
  try {
    url = new URL(text);
    user = { username: textOf(url.username), password: textOf(url.password) };
  } catch {
    return mistake('this is no URL');
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:')
    return mistake(`${url.protocol.slice(0, -1)} is not what Redis speaks`);
  if (url.hostname === '') return mistake('it names no host');
  const db = /^\/?(\d{0,6})$/.exec(url.pathname)?.[1];
  if (db === undefined) return mistake(`${url.pathname.slice(1)} is no number of a database`);
  const port = url.port === '' ? PORT : Number(url.port);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    db: Number(db),
    ...user,
    tls: url.protocol === 'rediss:',
    shown: `${url.protocol}//${url.hostname}:${port}${db === '' ? '' : `/${db}`}`,
  };
}

const textOf = (part: string): string | undefined => (part === '' ? undefined : decodeURIComponent(part));
