import { createHash } from 'node:crypto';
import type { Job } from '../job.ts';
import type { Header } from './header.ts';

/** What keeps the points of two folders apart. */
export interface Difference {
  /** As the beginning of a sentence: `the text of a.memcg`. */
  readonly what: string;
  readonly first: string;
  readonly second: string;
}

/** The first difference; null: points of both belong together. Which share they are does not matter. */
export function difference(a: Header, b: Header): Difference | null {
  return (
    differ('the version of memcg', a.version, b.version) ??
    differ('the list of scripts', namesOf(a.job), namesOf(b.job)) ??
    inRecord(textsOf(a.job), textsOf(b.job), (path) => `the text of ${path}`, digest) ??
    inRecord(a.job.traces, b.job.traces, (path) => `the trace ${path}`, short) ??
    inRecord(a.settings, b.settings, (name) => `--${name}`, String) ??
    inRecord(restOf(a.job), restOf(b.job), (name) => name, String) ??
    differ('the number of shares', sharesOf(a), sharesOf(b))
  );
}

const namesOf = ({ scripts }: Job): string => scripts.map(({ name }) => name).join(', ');
const sharesOf = ({ share }: Header): string => (share === null ? 'one' : `${share.of}`);

/** memcg's own boot scripts are elsewhere on another machine. */
function textsOf({ texts, boot, bootOfOthers }: Job): Record<string, string> {
  const named = Object.entries(texts).map(([path, text]) => {
    if (path === boot) return ['the boot script', text];
    return path === bootOfOthers ? ['the boot script of other policies', text] : [path, text];
  });
  return Object.fromEntries(named);
}

/** All of a job beside scripts and traces, as texts. */
function restOf({ options, group, warmup, boot }: Job): Record<string, string> {
  const all = { ...options, group, warmup, bare: boot === null };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, JSON.stringify(value)]));
}

function inRecord(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
  name: (key: string) => string,
  show: (value: string) => string,
): Difference | null {
  const shown = (value: string | undefined): string => (value === undefined ? 'nothing' : show(value));
  for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    if (a[key] !== b[key]) return { what: name(key), first: shown(a[key]), second: shown(b[key]) };
  }
  return null;
}

const differ = (what: string, first: string, second: string): Difference | null =>
  first === second ? null : { what, first, second };

const digest = (text: string): string => short(createHash('sha256').update(text).digest('hex'));
const short = (sha256: string): string => `SHA-256 ${sha256.slice(0, 12)}…`;
