import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The user's shell, with a prompt that says where one is. */

export interface Started {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** `folder`: for the files that make the prompt; it goes with the session. */
export function promptingShell(
  shell: string,
  label: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Started {
  const prefix = `(${label}) `;
  const file = (name: string, text: string): string => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  switch (basename(shell)) {
    case 'bash': {
      const rc = `[ -r /etc/bash.bashrc ] && . /etc/bash.bashrc\n[ -r ~/.bashrc ] && . ~/.bashrc\nPS1="${prefix}$PS1"\n`;
      return { command: [shell, '--rcfile', file('bashrc', rc)], env };
    }
    case 'zsh': {
      // The folder that zsh would read from without us.
      const home = '$'.concat('{MEMCG_ZDOTDIR:-$HOME}');
      file('.zshenv', `[ -r "${home}/.zshenv" ] && . "${home}/.zshenv"\n`);
      file(
        '.zshrc',
        `ZDOTDIR=${home}\n[ -r "$ZDOTDIR/.zshrc" ] && . "$ZDOTDIR/.zshrc"\nPROMPT="${prefix}$PROMPT"\n`,
      );
      const theirs = env['ZDOTDIR'];
      return { command: [shell], env: { ...env, ...(theirs && { MEMCG_ZDOTDIR: theirs }), ZDOTDIR: folder } };
    }
    case 'fish': {
      const ours = `functions -c fish_prompt _memcg_prompt; function fish_prompt; echo -n '${prefix}'; _memcg_prompt; end`;
      return { command: [shell, '-C', ours], env };
    }
    default:
      // What POSIX has every other shell read.
      return { command: [shell], env: { ...env, ENV: file('shrc', `PS1='${prefix}'"\${PS1:-$ }"\n`) } };
  }
}
