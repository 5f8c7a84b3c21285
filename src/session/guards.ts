import type { Method, ParamsOf } from './protocol.ts';

/** Whether what came over the wire is what the protocol says. */

type Check = (value: unknown) => boolean;

const truth: Check = (value) => typeof value === 'boolean';
const text: Check = (value) => typeof value === 'string';
const nullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const left: Check = (value) => value === undefined;
const orLeft =
  (check: Check): Check =>
  (value) =>
    left(value) || check(value);
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const absolute: Check = (value) =>
  typeof value === 'string' && value.startsWith('/') && !value.includes('\0');
const speed: Check = (value) =>
  value === 'max' || (typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= 1e6);

const CHECKS: { readonly [M in Method]: { readonly [K in keyof ParamsOf<M>]-?: Check } } = {
  hello: { protocol: whole, version: text },
  status: {},
  down: {},
  execute: { line: text, group: absolute, directory: absolute, input: nullOr(text) },
  watch: { condition: texts, group: absolute, timeout: nullOr(whole) },
  inspect: {},
  follow: { after: nullOr(whole), patience: whole },
  list: { cgroup: absolute },
  events: {},
  subscribe: {},
  speed: { speed },
  pause: {},
  resume: {},
  step: { time: nullOr(whole) },
  export: { since: whole, from: whole },
  save: { path: absolute },
  load: { path: absolute },
  fork: { name: text },
  reset: { boot: orLeft(nullOr(absolute)), machine: orLeft(texts) },
  relay: { uid: whole, gid: whole },
  mount: { directory: absolute, allowOther: truth, namespace: text },
};

export const isMethod = (name: string): name is Method => Object.hasOwn(CHECKS, name);

/** The name of the parameter that is wrong, or null. */
export function wrongParameter(method: Method, params: unknown): string | null {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return 'params';
  const values = params as Record<string, unknown>;
  for (const [name, check] of Object.entries(CHECKS[method]))
    if (!(check as Check)(values[name])) return name;
  return null;
}
