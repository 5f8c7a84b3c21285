import type { Command } from 'commander';
import { seconds } from '../../kernel/numbers.ts';
import { visibleText } from '../../kernel/visible.ts';
import { Mistake } from '../../script/mistake.ts';
import { readTime } from '../../script/values.ts';
import { onSession, type SessionGiven, sessionCommand, sessionOption } from '../on-session.ts';
import { orMistake, speedIn } from '../options/values.ts';
import { misuse } from '../output/say.ts';

/** How virtual time passes: `memcg speed`, `pause`, `step` and `resume`. */

export const pause = (): Command =>
  sessionCommand(
    'pause',
    'Lets virtual time stand still. Commands are still obeyed; what takes time waits for `step` or `resume`.',
  )
    .argument('[text...]', 'printed; in a script, what is asked while it waits (replay --watch)')
    .addOption(sessionOption())
    .action((text: string[], given: SessionGiven) =>
      onSession(given, async (client) => {
        await client.request('pause', {});
        if (text.length > 0) process.stdout.write(`${visibleText(text.join(' '))}\n`);
      }),
    );

export const resume = (): Command =>
  sessionCommand('resume', 'Lets virtual time go on after `pause`.')
    .addOption(sessionOption())
    .action((given: SessionGiven) =>
      onSession(given, async (client) => {
        await client.request('resume', {});
      }),
    );

export const speed = (): Command =>
  sessionCommand(
    'speed',
    'Sets how many virtual seconds pass in each second on the wall; at first 1.',
    'memcg speed 10',
  )
    .argument('<n>', 'a number above 0 such as 0.1 or 10, or max: as fast as this computer goes')
    .addOption(sessionOption())
    .action(async (text: string, given: SessionGiven) => {
      const asked = speedIn(text);
      if (asked === null) return misuse(`speed: '${text}' is neither a number above 0 nor max`);
      await onSession(given, async (client) => {
        await client.request('speed', { speed: asked });
      });
    });

export const step = (): Command =>
  sessionCommand(
    'step',
    'Lets some virtual time pass while the machine is paused, and prints what time it is then.',
    'memcg step 10ms',
  )
    .argument('[time]', "such as 10ms; if left out, to the machine's next event")
    .addOption(sessionOption())
    .action(async (text: string | undefined, given: SessionGiven) => {
      const time = text === undefined ? null : orMistake(() => readTime({ text, column: 0 }));
      if (time instanceof Mistake) return misuse(`step: ${time.message}`);
      await onSession(given, async (client) => {
        const { virtual_ns } = await client.request('step', { time });
        process.stdout.write(`${seconds(virtual_ns)}s\n`);
      });
    });
