import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHELL_INIT, type ShellName } from '../../src/cli/shell-init.ts';

/** A stand-in for the command that records how it was called and answers as told. */
const FAKE = `#!/bin/sh
printf '%s\\n' "$*" >> "$FAKE_LOG"
[ "$*" = 'complete -- sign-in d' ] && { printf 'dev@acme\\ndev@beta\\n'; exit 0; }
[ "$*" = 'complete -- sign-in dev@b' ] && { printf 'dev@beta\\n'; exit 0; }
[ "$1 $3 $4" = 'complete set-up import' ] && { echo ':files'; exit 0; }
[ "$*" = 'complete -- nothing ' ] && exit 0
[ "$1" = complete ] && { printf 'admin\\nalpha\\n'; exit 0; }
[ "$3" = broken ] && { echo 'export AWS_ACCESS_KEY_ID=WRONG'; exit 3; }
case "$*" in
  *"--format fish") echo "set -gx AWS_ACCESS_KEY_ID 'ASIA1'";;
  *) echo "export AWS_ACCESS_KEY_ID='ASIA1'";;
esac
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shell-init-'));
  writeFileSync(path.join(folder, 'rolecall'), FAKE);
  chmodSync(path.join(folder, 'rolecall'), 0o755);
  writeFileSync(path.join(folder, 'team.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a shell is started with; its functions lie in `init`. */
function environment(shell: ShellName): Record<string, string> {
  writeFileSync(path.join(folder, 'init'), SHELL_INIT[shell]);
  return {
    PATH: `${folder}:/usr/bin:/bin`,
    HOME: folder,
    FAKE_LOG: path.join(folder, 'log'),
    AWS_SESSION_TOKEN: 'old',
  };
}

function runIn(shell: ShellName, script: string) {
  const program = `/usr/bin/${shell}`;
  const args = shell === 'bash' ? ['--norc', '-c'] : shell === 'zsh' ? ['-f', '-c'] : ['--no-config', '-c'];
  const load = shell === 'fish' ? `source ${folder}/init` : `. ${folder}/init`;
  return spawnSync(program, [...args, `${load}\n${script}`], {
    encoding: 'utf8',
    env: environment(shell),
    cwd: folder,
  });
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  test('rolecall-use takes a profile, sets the shell, and --off clears it', (ctx) => {
    if (!existsSync(`/usr/bin/${shell}`)) {
      ctx.skip(`${shell} is not installed`);
    }
    const { stdout, stderr } = runIn(
      shell,
      'rolecall-use admin\necho "key=$AWS_ACCESS_KEY_ID"\nrolecall-use --off\necho "key=$AWS_ACCESS_KEY_ID token=$AWS_SESSION_TOKEN"',
    );
    expect(stderr).toBe('');
    expect(stdout).toBe('key=ASIA1\nkey= token=\n');
  });

  test('nothing is evaluated when the command fails', (ctx) => {
    if (!existsSync(`/usr/bin/${shell}`)) {
      ctx.skip(`${shell} is not installed`);
    }
    const status = shell === 'fish' ? '$status' : '$?';
    expect(runIn(shell, `rolecall-use broken\necho "status=${status} key=$AWS_ACCESS_KEY_ID"`).stdout).toBe(
      'status=3 key=\n',
    );
  });
});

test('bash completes through the command', () => {
  const { stdout } = runIn(
    'bash',
    'COMP_WORDS=(rolecall export --profile a)\nCOMP_CWORD=3\n_rolecall\nprintf "%s\\n" "${COMPREPLY[@]}"',
  );
  expect(stdout).toBe('admin\nalpha\n');
  expect(execFileSync('tail', ['-1', path.join(folder, 'log')], { encoding: 'utf8' })).toBe(
    'complete -- export --profile a\n',
  );
});

/** A bash on a terminal of its own, where a person types, and waits for what the tab brings before typing on. */
function typeInBash(steps: readonly (readonly [typed: string, shown: string])[]): void {
  const script = `import json, os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('bash', ['bash', '--noprofile', '--rcfile', sys.argv[1], '-i'])
for typed, wanted in [('echo ready-$((1))\\n', 'ready-1')] + json.loads(sys.argv[2]):
    os.write(terminal, typed.encode())
    shown = b''
    while wanted.encode() not in shown:
        shown += os.read(terminal, 4096)
os.write(terminal, b'\\nexit\\n')
os.waitpid(pid, 0)`;
  const args = ['-c', script, path.join(folder, 'init'), JSON.stringify(steps)];
  spawnSync('/usr/bin/python3', args, { env: { ...environment('bash'), TERM: 'dumb' }, cwd: folder, timeout: 20_000 });
}

test('bash completes files where the command wants one', (ctx) => {
  if (!existsSync('/usr/bin/python3')) {
    ctx.skip('python3 is not installed');
  }
  typeInBash([['rolecall set-up import te\t', 'am.json']]);
  expect(lastLine()).toBe('set-up import team.json\n');
});

test('bash, which breaks words at an @, completes names that hold one', (ctx) => {
  if (!existsSync('/usr/bin/python3')) {
    ctx.skip('python3 is not installed');
  }
  typeInBash([
    ['rolecall sign-in d\t', 'ev@'],
    ['b\t', 'eta'],
  ]);
  expect(execFileSync('tail', ['-3', path.join(folder, 'log')], { encoding: 'utf8' })).toBe(
    'complete -- sign-in d\ncomplete -- sign-in dev@b\nsign-in dev@beta\n',
  );
});

test('fish completes through the command', (ctx) => {
  if (!existsSync('/usr/bin/fish')) {
    ctx.skip('fish is not installed');
  }
  expect(runIn('fish', "complete -C 'rolecall export --profile a'").stdout.split('\n')).toEqual(
    expect.arrayContaining(['admin', 'alpha']),
  );
});

test('fish completes files where the command wants one', (ctx) => {
  if (!existsSync('/usr/bin/fish')) {
    ctx.skip('fish is not installed');
  }
  expect(runIn('fish', "complete -C 'rolecall set-up import te'").stdout).toBe('team.json\n');
  expect(runIn('fish', "complete -C 'rolecall nothing '").stdout).toBe('');
});

test('zsh offers no empty word where nothing fits, and files where the command wants one', (ctx) => {
  if (!existsSync('/usr/bin/zsh')) {
    ctx.skip('zsh is not installed');
  }
  const script = `compadd() { print "words=$#rolecall_words" }
_files() { print files }
words=(rolecall nothing ''); CURRENT=3; _rolecall
words=(rolecall set-up import te); CURRENT=4; _rolecall
words=(rolecall export ''); CURRENT=3; _rolecall`;
  expect(runIn('zsh', script).stdout).toBe('words=0\nfiles\nwords=2\n');
});

function lastLine(): string {
  return execFileSync('tail', ['-1', path.join(folder, 'log')], { encoding: 'utf8' });
}

test.for([
  ['export --profile al', 'export --profile alpha'],
  ['set-up import te', 'set-up import team.json'],
] as const)('zsh completes at its prompt through the command: %s', ([typed, completed], ctx) => {
  if (!existsSync('/usr/bin/zsh')) {
    ctx.skip('zsh is not installed');
  }
  // A second zsh on a terminal of its own, where a person types the first letters, the tab and Enter.
  const { stdout } = spawnSync(
    '/usr/bin/zsh',
    [
      '-f',
      '-c',
      `zmodload zsh/zpty
zpty asked zsh -f -i
zpty -w asked "PS1=; autoload -U compinit; compinit -u -d $HOME/dump; . $HOME/init; echo ready-\${:-now}"
zpty -r asked seen '*ready-now*'
zpty -w -n asked $'rolecall ${typed}\\t\\n'
zpty -w asked 'echo over-\${:-now}'
zpty -r asked seen '*over-now*'
cat $FAKE_LOG`,
    ],
    { encoding: 'utf8', env: environment('zsh'), cwd: folder, timeout: 30_000 },
  );
  expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([`complete -- ${typed}`, completed]);
});
