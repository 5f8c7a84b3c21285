import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseLine } from '../../script/vocabulary.ts';
import { quote } from '../../script/words.ts';
import type { ResetParams } from '../../session/protocol.ts';
import type { SessionGiven } from '../on-session.ts';

/** How a machine is booted, as `up` and `reset` are told. */
export interface GivenBoot extends SessionGiven {
  readonly boot?: string;
  readonly bare?: boolean;
  readonly errata?: string;
  readonly seed?: string;
}

export const bootOptions = (command: Command): Command =>
  command
    .argument(
      '[option=value...]',
      'of the machine: cpus=4 memory=8G swap=1G nodes=2 policy=alinux cost.scan=80ns ...',
    )
    .option('--boot <file>', "another boot script than memcg's own")
    .option('--bare', 'boot without a boot script')
    .option('--errata <list>', 'errors of the posted patch to put back: names, posted or recorded')
    .option('--seed <n>', "of the machine's random numbers");

/** Held against the language's own `machine` before anything is booted. */
export function readBoot(options: readonly string[], given: GivenBoot): ResetParams | { misused: string } {
  if (given.bare && given.boot !== undefined)
    return { misused: '--bare boots without a script, --boot with one' };
  const machine = [
    ...options,
    ...(given.errata === undefined ? [] : [`errata=${given.errata}`]),
    ...(given.seed === undefined ? [] : [`seed=${given.seed}`]),
  ];
  const parsed = machine.length === 0 ? null : parseLine(quote(['machine', ...machine]));
  if (parsed?.kind === 'mistake') return { misused: parsed.mistake.message };
  return {
    ...(given.bare && { boot: null }),
    ...(given.boot !== undefined && { boot: resolve(given.boot) }),
    ...(machine.length > 0 && { machine }),
  };
}
