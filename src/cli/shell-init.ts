/** The shells that `rolecall shell-init` knows. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type ShellName = (typeof SHELLS)[number];

const VARIABLES =
  'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_REGION AWS_DEFAULT_REGION';

/** `rolecall-use PROFILE` and `rolecall-use --off`: credentials of a role in the present shell. Nothing is evaluated unless the command succeeded. */
const POSIX_FUNCTION = `rolecall-use() {
  if [ "\${1-}" = "--off" ]; then
    unset ${VARIABLES}
    return 0
  fi
  if [ "$#" -eq 1 ]; then
    set -- --profile "$1"
  fi
  local rolecall_text
  rolecall_text="$(command rolecall export "$@" --format bash)" || return
  eval "$rolecall_text"
}
`;

const BASH = `${POSIX_FUNCTION}
_rolecall() {
  COMPREPLY=()
  local rolecall_word rolecall_typed= rolecall_fixed= rolecall_words=()
  # bash breaks words at an @, and takes the last one and what follows for the word to complete.
  for rolecall_word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ \${#rolecall_words[@]} -gt 0 && ( $rolecall_word == @* || $rolecall_typed == *@ ) ]]; then
      rolecall_typed+=$rolecall_word
      rolecall_words[\${#rolecall_words[@]}-1]=$rolecall_typed
    else
      rolecall_typed=$rolecall_word
      rolecall_words+=("$rolecall_word")
    fi
  done
  if [[ $COMP_WORDBREAKS == *@* && $rolecall_typed == *@* ]]; then
    rolecall_fixed=\${rolecall_typed%@*}
  fi
  while IFS= read -r rolecall_word; do
    if [[ $rolecall_word == :files ]]; then
      # With nothing from us, bash completes files.
      compopt -o default
      return
    fi
    COMPREPLY+=("\${rolecall_word#"$rolecall_fixed"}")
  done < <(command rolecall complete -- "\${rolecall_words[@]}" 2>/dev/null)
}
complete -F _rolecall rolecall
`;

const ZSH = `${POSIX_FUNCTION}
_rolecall() {
  local -a rolecall_words
  # Without quotes, so that no answer is no word and not an empty one.
  rolecall_words=(\${(f)"$(command rolecall complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if [[ $rolecall_words[1] == :files ]]; then
    _files
  else
    compadd -a rolecall_words
  fi
}
(( $+functions[compdef] )) && compdef _rolecall rolecall
`;

const FISH = `function rolecall-use
  if test "$argv[1]" = --off
    set -e ${VARIABLES}
    return 0
  end
  if test (count $argv) -eq 1
    set argv --profile $argv[1]
  end
  set -l rolecall_text (command rolecall export $argv --format fish); or return
  printf '%s\\n' $rolecall_text | source
end
function __rolecall_complete
  set -l rolecall_words (command rolecall complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if test "$rolecall_words" = :files
    __fish_complete_path (commandline -ct)
  else if set -q rolecall_words[1]
    printf '%s\\n' $rolecall_words
  end
end
complete -c rolecall -f -a '(__rolecall_complete)'
`;

const POWERSHELL = `function rolecall-use {
  if ($args[0] -eq '--off') {
    '${VARIABLES}'.Split(' ') | ForEach-Object { Remove-Item "Env:$_" -ErrorAction SilentlyContinue }
    return
  }
  $rolecallArgs = if ($args.Count -eq 1) { @('--profile', $args[0]) } else { $args }
  $rolecallText = & rolecall export @rolecallArgs --format powershell
  if ($LASTEXITCODE -eq 0) { Invoke-Expression ($rolecallText -join "\`n") }
}
Register-ArgumentCompleter -Native -CommandName rolecall -ScriptBlock {
  param($wordToComplete, $commandAst)
  $rolecallWords = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $rolecallWords += '' }
  # With nothing from us, PowerShell completes files.
  & rolecall complete -- @rolecallWords 2>$null | Where-Object { $_ -ne ':files' }
}
`;

/** What a shell evaluates at its start to have `rolecall-use` and completion. */
export const SHELL_INIT: Readonly<Record<ShellName, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};
