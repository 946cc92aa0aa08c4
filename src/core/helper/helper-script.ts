import { BROKER_PATHS, FAILURE_HEADER } from '../../shared/broker-protocol.ts';
import { BadInputError } from '../model/errors.ts';
import { posixWord } from '../model/posix-word.ts';
import { CONNECT_SECONDS, EXIT_CODES, MAX_ANSWER_BYTES, MAX_SECONDS, NO_ANSWER } from './helper-limits.ts';
import { PERL_PART, WHOLE_COMMAND_OPTION } from './helper-perl.ts';

/** What the helper is written for. All paths are absolute. */
export interface HelperPlace {
  readonly rolecallHome: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** The Node that runs the whole command; where it is undefined or gone, the one that PATH has. */
  readonly nodeFile: string | undefined;
  /** The whole command: `rolecall.js`. */
  readonly commandFile: string;
}

const UNFIT = {
  posix: /[\0\n\r]/,
  // Batch files have no way to quote these, and are read in a code page of the machine's.
  windows: /[^\x20-\x7E]|["!]/,
};

/**
 * The text of the small `rolecall` that `credential_process` lines name.
 *
 * Starting Node takes longer than everything else a warm answer needs, so on Linux and macOS this is a shell script that makes itself
 * the Perl program at its own end, which asks the running app; or that asks by curl where there is no Perl: curl loads thirty libraries,
 * and takes three times as long. Whatever it cannot do itself, and everything when no app answers, it leaves to the whole command in its
 * place.
 * Throws BadInputError for a path that cannot be written safely.
 */
export function helperScript(place: HelperPlace): string {
  const unfit = place.platform === 'win32' ? UNFIT.windows : UNFIT.posix;
  const paths = [place.rolecallHome, place.nodeFile ?? '', place.commandFile];
  if (paths.some((path) => unfit.test(path))) {
    throw new BadInputError(
      'Rolecall lies in a folder whose name cannot stand in a script.',
      'Install it, and put ROLECALL_HOME, in folders with plain names.',
    );
  }
  return place.platform === 'win32' ? batchScript(place) : shellScript(place);
}

/**
 * For dash, bash, BusyBox and zsh alike. Credentials stay in the memory of Perl or of the shell, whose `printf` is its own, not a program
 * with arguments. Whoever steers Perl by the environment gets curl.
 */
function shellScript({ rolecallHome, platform, nodeFile, commandFile }: HelperPlace): string {
  return `#!/bin/sh
# Written by Rolecall, which writes it again when it is changed.
# Asks the running Rolecall for credentials. Everything else, and the same without it, is left to the whole command.
# shellcheck disable=SC3067 # "test -O" is in every shell that is a system's /bin/sh.
set -u

node=${posixWord(nodeFile ?? '')}
program=${posixWord(commandFile)}
home=${posixWord(rolecallHome)}
if [ -n "\${ROLECALL_HOME:-}" ]; then
  home=$ROLECALL_HOME
fi
run=$home/run
socket=$run/broker.sock
newline='
'

fail() {
  printf 'rolecall: %s\\n' "$2" >&2
  exit "$1"
}

whole_command() {
  ROLECALL_HOME=$home
  export ROLECALL_HOME
  if [ ! -f "$program" ]; then
    fail 1 'Rolecall is not running, and its command is no longer where it was. Start Rolecall, or install it again.'
  fi
  if [ ! -x "$node" ]; then
    node=node
    if ! command -v node >/dev/null 2>&1; then
      case \${1:-} in
        credentials) fail 1 'Rolecall is not running, and there is no Node.js to do its work. Start Rolecall.' ;;
        *) fail 1 'The rolecall command needs Node.js, and PATH has none. Install it.' ;;
      esac
    fi
  fi
  exec "$node" "$program" "$@"
}

# The folder must be the user's own and closed to others: else anybody could listen there.
is_safe() {
  if [ ! -O "$run" ] || [ -L "$run" ] || [ ! -O "$socket" ] || [ -L "$socket" ] || [ ! -S "$socket" ]; then
    return 1
  fi
  case $(LC_ALL=C command ls -ldn "$run" "$socket" 2>/dev/null) in
    drwx------[!+]*"\${newline}"srw-------[!+]*) return 0 ;;
    *) return 1 ;;
  esac
}

# Ends the subshell it is called in. No settings of the user's, no proxy: the socket and nothing else.
ask_by_curl() {
  exec "$curl" -q -s -i --noproxy '*' --proto '=http' --unix-socket "$socket" \\
    --connect-timeout ${CONNECT_SECONDS} --max-time ${MAX_SECONDS} --max-filesize ${MAX_ANSWER_BYTES} \\
    --data-urlencode "folder=$folder" --data "pid=$$" "$@" \\
    http://localhost${BROKER_PATHS.credentials} 2>/dev/null
}

ask() {
  option=--data-urlencode
  case $# in
    1) ask_by_curl $option "$1" ;;
    *) ask_by_curl $option "$1" $option "$2" $option "$3" ;;
  esac
}

if [ "\${1:-}" = ${WHOLE_COMMAND_OPTION} ]; then
  shift
  whole_command "$@"
fi
case $home in
  /*) ;;
  *) whole_command "$@" ;;
esac
if [ $# -eq 3 ] && [ "$1 $2" = 'credentials --profile' ] && [ -n "\${3%%-*}" ]; then
  wanted=profile
elif [ $# -eq 7 ] && [ "$1 $2 $4 $6" = 'credentials --sso-session --account --role' ] &&
  [ -n "\${3%%-*}" ] && [ -n "\${5%%-*}" ] && [ -n "\${7%%-*}" ]; then
  wanted=role
else
  whole_command "$@"
fi

folder=\${PWD:-}
if [ \${#folder} -gt 1000 ]; then
  folder=
fi

perl=/usr/bin/perl
if [ ! -x "$perl" ] || [ -n "\${PERL5OPT+x}\${PERL_UNICODE+x}\${PERLIO+x}" ]; then
  perl=
fi
${checkBeforehand(platform)}
if [ -n "$perl" ]; then
  # It would load the user's locale, or complain of one that is not installed.
  locale=\${LC_ALL:-}
  LC_ALL=C
  export LC_ALL
  exec "$perl" -fx "$0" "$run" "$folder" "$locale" "$@"
fi
curl=/usr/bin/curl
if [ ! -x "$curl" ]; then
  curl=curl
fi
case $wanted in
  profile) answer=$(ask "profile=$3") ;;
  *) answer=$(ask "ssoSession=$3" "account=$5" "role=$7") ;;
esac
ended=$?
line=\${answer##*"$newline"}

case $ended,$answer in
  0,'HTTP/1.1 200 '*"\${newline}{"*)
    printf '%s\\n' "$line"
    exit 0
    ;;
  0,'HTTP/1.1 '*'${FAILURE_HEADER}: '*)
    failure=\${answer#*'${FAILURE_HEADER}: '}
    case \${failure%%[!a-z-]*} in
${EXIT_CODES.map(({ codes, exit }) => `      ${codes.join(' | ')}) fail ${exit} "$line" ;;`).join('\n')}
      # What was asked for cannot be: the whole command says it in words of the command line.
      bad-input) whole_command "$@" ;;
      *) fail 1 "$line" ;;
    esac
    ;;
  28,*)
    fail 1 '${NO_ANSWER}'
    ;;
  *)
    whole_command "$@"
    ;;
esac
exit 1
${PERL_PART}`;
}

/** Perl looks at the place itself, and starting `ls` takes as long; but on macOS rights can lie in lists that are not in the modes it sees. */
function checkBeforehand(platform: HelperPlace['platform']): string {
  return `${platform === 'darwin' ? '' : '[ -n "$perl" ] || '}is_safe || whole_command "$@"`;
}

/**
 * On Windows there is no socket that curl could open, so the whole command does all. Node is looked for in PATH alone: by its bare name
 * `cmd` would first run one that lies in the present folder.
 */
function batchScript({ rolecallHome, nodeFile, commandFile }: HelperPlace): string {
  const command = `"${percentDoubled(commandFile)}" %*`;
  const lines = [
    '@echo off',
    'rem Written by Rolecall, which writes it again when it is changed.',
    'setlocal DisableDelayedExpansion',
    `if not defined ROLECALL_HOME set "ROLECALL_HOME=${percentDoubled(rolecallHome)}"`,
    ...(nodeFile === undefined ? [] : [`if exist "${percentDoubled(nodeFile)}" goto known`]),
    'set "ROLECALL_NODE="',
    'for %%i in (node.exe) do set "ROLECALL_NODE=%%~$PATH:i"',
    'if defined ROLECALL_NODE goto found',
    'echo rolecall: There is no Node.js to do the work of Rolecall. Install it, or mend PATH. 1>&2',
    'exit /b 1',
    ':found',
    `"%ROLECALL_NODE%" ${command}`,
    'exit /b %ERRORLEVEL%',
    ...(nodeFile === undefined ? [] : [':known', `"${percentDoubled(nodeFile)}" ${command}`, 'exit /b %ERRORLEVEL%']),
    '',
  ];
  return lines.join('\r\n');
}

function percentDoubled(path: string): string {
  return path.replaceAll('%', '%%');
}
