import { resolve } from 'node:path';
import type { Command } from 'commander';
import { allOptions, optionMistake } from '../../machine/machine.ts';
import type { Given } from '../../script/option-table.ts';
import { parseLine } from '../../script/vocabulary.ts';
import { quote } from '../../script/words.ts';
import type { ResetParams } from '../../session/protocol.ts';
import type { SessionGiven } from '../on-session.ts';
import { BOOT } from './booting.ts';
import { withOptions } from './table.ts';

const { kernel, boot, bare, errata, seed } = BOOT;
const OPTIONS = { kernel, boot, bare, errata, seed };

/** How a machine is booted, as `up` and `reset` are told. */
export type GivenBoot = SessionGiven & Given<typeof OPTIONS>;

export const bootOptions = (command: Command): Command =>
  withOptions(command, OPTIONS).argument(
    '[option=value...]',
    'of the machine: cpus=4 memory=8G swap=1G nodes=2 policy=alinux cost.scan=80ns ...',
  );

/** Held against the language's own `machine` before anything is booted. */
export function readBoot(options: readonly string[], given: GivenBoot): ResetParams | { misused: string } {
  if (given.bare && given.boot !== undefined)
    return { misused: '--bare boots without a script, --boot with one' };
  const machine = [
    ...options,
    ...(given.kernel === undefined ? [] : [`kernel=${given.kernel}`]),
    ...(given.errata === undefined ? [] : [`errata=${given.errata}`]),
    ...(given.seed === undefined ? [] : [`seed=${given.seed}`]),
  ];
  const parsed = machine.length === 0 ? null : parseLine(quote(['machine', ...machine]));
  if (parsed?.kind === 'mistake') return { misused: parsed.mistake.message };
  // What a boot script says of the machine is not known here.
  if (given.boot === undefined && parsed?.kind === 'command' && parsed.command.name === 'machine') {
    const misused = optionMistake(allOptions(parsed.command.options));
    if (misused !== null) return { misused };
  }
  return {
    ...(given.bare && { boot: null }),
    ...(given.boot !== undefined && { boot: resolve(given.boot) }),
    ...(machine.length > 0 && { machine }),
  };
}
