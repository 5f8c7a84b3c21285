import { Command, Option } from 'commander';
import { exactArguments } from '../argv.ts';
import { onSession } from '../on-session.ts';
import { bootOptions, type GivenBoot, readBoot } from '../options/boot.ts';
import { chosenSession } from '../options/session.ts';
import { misuse } from '../output/say.ts';

interface Given extends GivenBoot {
  readonly wmarks?: string;
}

export const shell = (): Command =>
  bootOptions(new Command('shell'))
    .usage('[options] [option=value...] [-- COMMAND...]')
    .description(
      'Runs COMMAND, or your shell, where /sys/fs/cgroup/memory (with --kernel 6.1 /sys/fs/cgroup) is an emulated machine: scripts and tools ' +
        'written for the kernel run as they are. The machine is its own, boots with nothing but the root cgroup, ' +
        'and goes with it.',
    )
    .addOption(new Option('--wmarks <on|off>', 'off: the kernel without the series').choices(['on', 'off']))
    .addOption(
      new Option('--session <name>', 'the machine of this session, shared, instead of its own').conflicts([
        'boot',
        'bare',
        'errata',
        'seed',
        'wmarks',
      ]),
    )
    .addHelpText('after', '\nExamples\n  memcg shell --wmarks off\n  memcg shell -- ls /sys/fs/cgroup/memory')
    .action(async (words: string[], given: Given) => {
      const behind = wordsBehindDashes();
      const options = words.slice(0, words.length - (behind?.length ?? 0));
      if (given.wmarks !== undefined) options.push(`wmarks=${given.wmarks}`);
      const how = readBoot(options, given);
      if ('misused' in how) return misuse(how.misused);
      if (behind?.length === 0) return misuse('-- is followed by a command');
      const shared = given.session !== undefined;
      if (shared && options.length > 0) return misuse('a session that is shared has its options already');
      const chosen = chosenSession(given.session ?? `shell-${process.pid}`);
      if ('misused' in chosen) return misuse(chosen.misused);
      // Not from inside: a server that is booted there would live there.
      if (shared) await onSession(given, async () => 0);
      if ((process.exitCode ?? 0) !== 0) return;
      const { runShell } = await import('../../mount/shell/shell-outside.ts');
      process.exitCode = await runShell({
        ...chosen,
        shared,
        // As a kernel is after it was mounted: nothing but the root.
        boot: null,
        ...how,
        command: behind,
      });
    });

/** null: there are no dashes. Commander has them among the arguments before. */
function wordsBehindDashes(): readonly string[] | null {
  const argv = exactArguments(process.argv.slice(2)) ?? process.argv.slice(2);
  const dashes = argv.indexOf('--');
  return dashes < 0 ? null : argv.slice(dashes + 1);
}
