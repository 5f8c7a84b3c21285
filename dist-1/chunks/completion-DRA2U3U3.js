import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{c as e,d as o}from"./chunk-VDRQFNTC.js";import"./chunk-2IB5YMFE.js";var s=`
Example
  source <(memcg completion bash)       in ~/.bashrc
  memcg completion fish | source        in ~/.config/fish/config.fish`,n=`# memcg completions for bash:  source <(memcg completion bash)
_memcg() {
  local IFS=$'\\n'
  COMPREPLY=($(memcg __complete bash "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null))
  # Behind a cgroup comes one of its files, behind NAME= its value.
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/=] ]]; then compopt -o nospace; fi
}
complete -o bashdefault -o default -F _memcg memcg
`,t=`#compdef memcg
# memcg completions for zsh:  source <(memcg completion zsh)
_memcg() {
  local -a found open
  found=("\${(@f)$(memcg __complete words -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( ! \${#found} )); then
    _files
    return
  fi
  open=("\${(@M)found:#*[/=]}")
  compadd -S '' -- "\${open[@]}"
  compadd -- "\${(@)found:|open}"
}
if [[ \${funcstack[1]} == _memcg ]]; then _memcg "$@"; else compdef _memcg memcg; fi
`,i=`# memcg completions for fish:  memcg completion fish | source
function __memcg_complete
    set -l words (commandline -opc)
    memcg __complete words -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c memcg -f -a '(__memcg_complete)'
complete -c memcg -n '__fish_seen_subcommand_from replay load save up include' -F
`,m={bash:n,zsh:t,fish:i},d=()=>new e("completion").description("Prints a script that teaches a shell to complete commands, cgroups, files, tasks and sessions.").addArgument(new o("<shell>","which shell").choices(Object.keys(m))).addHelpText("after",s).action(c=>{process.stdout.write(m[c])});export{d as completion};
