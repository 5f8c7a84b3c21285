import { Argument, Command } from 'commander';
import { COMPLETION_SCRIPTS } from '../completion/scripts.ts';

const EPILOG = `
Example
  source <(memcg completion bash)       in ~/.bashrc
  memcg completion fish | source        in ~/.config/fish/config.fish`;

/** `memcg completion SHELL` */
export function command(): Command {
  return new Command('completion')
    .description(
      'Prints a script that teaches a shell to complete commands, cgroups, files, tasks and sessions.',
    )
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(COMPLETION_SCRIPTS)))
    .addHelpText('after', EPILOG)
    .action((shell: string) => {
      process.stdout.write(COMPLETION_SCRIPTS[shell]);
    });
}
