import { Command } from 'commander';
import { overview } from '../help/overview.ts';
import { helpOn } from '../help/topic.ts';
import { lookOfOutput } from '../output/look.ts';
import { misuse } from '../output/say.ts';

export const help = (): Command =>
  new Command('help')
    .description(
      'Explains a command, a behaviour of tasks or a control file; without one, lists all commands.',
    )
    .argument('[topic]', 'such as write, stream, memory.high or watermark; `files` lists the control files')
    .option('--no-color', 'print without colours')
    .addHelpText('after', '\nExamples\n  memcg help memory.high\n  memcg help write')
    .action((topic: string | undefined, { color }: { color: boolean }) => {
      const look = lookOfOutput(null, color);
      const help = topic === undefined ? overview(look) : helpOn(topic, look);
      if (typeof help === 'string') process.stdout.write(help);
      else misuse(help.unknown);
    });
