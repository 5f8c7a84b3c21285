import { Argument, Command } from 'commander';

const EPILOG = `
Examples
  source <(memcg completion bash)    # in ~/.bashrc
  mkdir -p ~/.zfunc && memcg completion zsh > ~/.zfunc/_memcg
  memcg completion fish > ~/.config/fish/completions/memcg.fish`;

/** What `memcg completion SHELL` prints: each asks `memcg __complete`, which asks the machine. */

const BASH = `# memcg completions for bash:  source <(memcg completion bash)
_memcg() {
  local IFS=$'\\n' shell=bash
  # Where they are only listed, what each is goes with it.
  if [[ $COMP_TYPE == 63 ]]; then shell=bash-told; fi
  COMPREPLY=($(memcg __complete $shell "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null))
  if [[ \${#COMPREPLY[@]} -eq 1 ]]; then COMPREPLY=("\${COMPREPLY[0]%%$'\\t'*}"); else COMPREPLY=("\${COMPREPLY[@]//$'\\t'/  -- }"); fi
  # Behind a cgroup comes one of its files, behind NAME= its value.
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/=] ]]; then compopt -o nospace; fi
}
complete -o bashdefault -o default -F _memcg memcg
`;

const ZSH = `#compdef memcg
# memcg completions for zsh:  source <(memcg completion zsh)
_memcg() {
  local -a found open about openabout
  local line word
  for line in "\${(@f)$(memcg __complete told -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}"; do
    word=\${line%%$'\\t'*}
    if [[ $word == *[/=] ]]; then
      open+=("$word")
      openabout+=("\${line/$'\\t'/  -- }")
    elif [[ -n $word ]]; then
      found+=("$word")
      about+=("\${line/$'\\t'/  -- }")
    fi
  done
  if (( ! \${#found} && ! \${#open} )); then
    _files
    return
  fi
  compadd -S '' -d openabout -- "\${open[@]}"
  compadd -d about -- "\${found[@]}"
}
if [[ \${funcstack[1]} == _memcg ]]; then _memcg "$@"; else compdef _memcg memcg; fi
`;

const FISH = `# memcg completions for fish:  memcg completion fish | source
function __memcg_complete
    set -l words (commandline -opc)
    memcg __complete told -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c memcg -f -a '(__memcg_complete)'
complete -c memcg -n '__fish_seen_subcommand_from replay load save up include' -F
`;

const COMPLETION_SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

export const completion = (): Command =>
  new Command('completion')
    .description(
      'Prints a script that teaches a shell to complete commands, cgroups, files, tasks and sessions.',
    )
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(COMPLETION_SCRIPTS)))
    .addHelpText('after', EPILOG)
    .action((shell: string) => {
      process.stdout.write(COMPLETION_SCRIPTS[shell]);
    });
