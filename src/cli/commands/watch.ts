import { Command } from 'commander';
import { visibleText } from '../../kernel/visible.ts';
import { Mistake } from '../../script/mistake.ts';
import { EXIT } from '../../script/result.ts';
import { readTime } from '../../script/values.ts';
import { onSession, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenGroup } from '../options/session.ts';
import { optional, orMistake } from '../options/values.ts';
import { AT_NO_PLACE, errorText } from '../output/error-text.ts';
import { misuse } from '../output/say.ts';

interface Given extends SessionGiven {
  readonly group?: string;
  readonly timeout?: string;
}

export const watch = (): Command =>
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
    .action(wait);

async function wait(condition: string[], given: Given): Promise<void> {
  const timeout = orMistake(() => optional('--timeout', given.timeout, readTime));
  if (timeout instanceof Mistake) return misuse(timeout.message);
  await onSession(given, async (client) => {
    process.once('SIGINT', () => client.interrupt());
    const group = chosenGroup(given.group);
    const { met, value, failure } = await client.request('watch', { condition, group, timeout });
    if (failure !== null) {
      process.stderr.write(errorText({ ...AT_NO_PLACE, ...failure }));
      return EXIT[failure.kind];
    }
    if (met) {
      process.stdout.write(`${value}\n`);
      return 0;
    }
    process.stderr.write(
      visibleText(`memcg: watch ${condition.join(' ')}: not within ${given.timeout}\nit is ${value}\n`),
    );
    return EXIT.refused;
  });
}
