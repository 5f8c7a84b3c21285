import { Command } from 'commander';
import { Mistake } from '../../script/mistake.ts';
import { misuse, onSession, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenGroup } from '../options/session.ts';
import { errorText } from '../output/error-text.ts';
import { timeIn } from './step.ts';

const NOT_MET = 1;
const STATUS = { refused: 1, mistake: 2, world: 3, interrupted: 130 } as const;

interface Given extends SessionGiven {
  readonly group?: string;
  readonly timeout?: string;
}

/** `memcg watch FILE OP VALUE` */
export function command(): Command {
  return (
    new Command('watch')
      .description(
        'Waits until a condition holds while the machine goes on, and prints what the file holds then.',
      )
      .argument('<condition...>', 'FILE OP VALUE; OP is one of == != < <= > >= or -eq -ne -lt -le -gt -ge')
      // -gt and -ge are no options; a short -g would take them for itself.
      .allowUnknownOption()
      .option('--group <cgroup>', 'where the file is when no cgroup is named (also -g)')
      .option('--timeout <time>', 'the most virtual time to wait, such as 10s: then exit 1')
      .addOption(sessionOption())
      .addHelpText('after', '\nExample\n  memcg watch usage_in_bytes -le 48M --timeout 10s')
      .action(watch)
  );
}

async function watch(condition: string[], given: Given): Promise<void> {
  const timeout = given.timeout === undefined ? null : timeIn(given.timeout);
  if (timeout instanceof Mistake) return misuse(`--timeout: ${timeout.message}`);
  await onSession(given, { boot: 'if-needed' }, async (client) => {
    process.once('SIGINT', () => client.interrupt());
    const group = chosenGroup(given.group);
    const { met, value, failure } = await client.request('watch', { condition, group, timeout });
    if (failure !== null) {
      process.stderr.write(errorText({ ...failure, file: '', line: 0, text: '' }));
      return STATUS[failure.kind];
    }
    if (met) {
      process.stdout.write(`${value}\n`);
      return 0;
    }
    process.stderr.write(
      `memcg: watch ${condition.join(' ')}: not within ${given.timeout}\nit is ${value}\n`,
    );
    return NOT_MET;
  });
}
