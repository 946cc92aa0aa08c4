import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { createMachine, type Machine } from '../helpers/aws-programs.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { startHost } from '../helpers/running-app.ts';
import { DEBIAN_PYTHON, debianClientsMissing, run } from '../helpers/sandbox-programs.ts';
import { signIn } from '../helpers/sign-in.ts';
import { onATerminalTyped } from '../helpers/types-on-a-terminal.ts';

const CONFIG = `[profile admin]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ${DEMO.region}

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
let machine: Machine;
/** Both kinds of endpoint at once: the command by its variables, the program that it runs by the proxy. */
let both: Record<string, string>;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  machine = await createMachine({ config: CONFIG });
  both = { ...machine.theirs, NODE_NO_WARNINGS: '1' };
  await signIn(machine);
  return () => machine.sandbox.close();
});

function exec(words: string, command: readonly string[], env = both) {
  return run([process.execPath, ROLECALL, 'exec', ...words.split(' '), '--', ...command], env);
}

describe('"rolecall exec", itself through the proxy like the program it runs', () => {
  test('nothing of another role, and nothing of ours, reaches the program', async () => {
    const env = { ...both, AWS_PROFILE: 'wrong', AWS_SECURITY_TOKEN: 'old', ROLECALL_LOG: '0' };
    const ended = await exec('--profile admin', ['/usr/bin/env'], env);
    const names = ended.stdout.split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names).toContain('AWS_SESSION_TOKEN');
    expect(names.filter((name) => /^(?:ROLECALL_|AWS_PROFILE|AWS_SECURITY_TOKEN)/.test(name))).toEqual([]);
  });

  test('nothing of ours stays open in the program: no lock, socket or pipe', async () => {
    const listing = ['/bin/sh', '-c', 'ls /proc/$$/fd'];
    const withoutUs = await run(listing, both);
    expect((await exec('--profile admin', listing)).stdout).toBe(withoutUs.stdout);
  });

  test('in a folder that was removed meanwhile it works, as the programs there do', async () => {
    const words = [process.execPath, ROLECALL, 'exec', '--profile', 'admin', '--', 'echo', 'ran'];
    const gone = 'mkdir "$HOME/gone" && cd "$HOME/gone" && rmdir "$HOME/gone" && exec "$@"';
    expect(await run(['sh', '-c', gone, 'sh', ...words], both)).toMatchObject({ code: 0, stdout: 'ran\n' });
  });

  test.each([
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'kill -9 $$'], 137],
    [['no-such-program'], 127],
    [['/etc'], 126],
  ])('%j ends it with %d', async (command, code) => {
    expect((await exec('--profile admin', command)).code).toBe(code);
  });

  test.each([
    ['no-such-program', 'rolecall: There is no such program. Check the command after --.\n'],
    ['/bin/sh/', 'rolecall: There is no such program. Check the command after --.\n'],
    ['x'.repeat(300), 'rolecall: There is no such program. Check the command after --.\n'],
    ['/etc', 'rolecall: The program could not be started. Check that it is a program you may run.\n'],
    ['', 'rolecall: The program could not be started. Check that it is a program you may run.\n'],
  ])('what cannot be started is told as that: %j', async (program, stderr) => {
    expect(await exec('--profile admin', [program])).toMatchObject({ stdout: '', stderr });
  });

  const TRAPS = 'trap "exit 9" TERM; trap "exit 8" INT; trap "exit 7" HUP; trap "exit 6" USR1; echo ready;';

  test.each([
    ['SIGTERM', 9],
    ['SIGINT', 8],
    ['SIGHUP', 7],
    ['SIGUSR1', 6],
  ] as const)('%s, sent to it alone where there is no terminal, reaches the program', async (signal, code) => {
    const words = [ROLECALL, 'exec', '--profile', 'admin', '--', 'sh', '-c', `${TRAPS} while :; do sleep 0.05; done`];
    const child = spawn(process.execPath, words, { env: both, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    child.stdout.once('data', () => child.kill(signal));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(code);
  });

  test('Ctrl-C at a terminal reaches the program once', async () => {
    // What the person types; the program counts, and ends a moment after the first.
    const counts = 'n=0; trap "n=\\$((n+1))" INT; echo ready >&2; sleep 1; sleep 0.5; echo $n';
    const script = `import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b''
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if b'ready' in piece:
        os.write(terminal, b'\\x03')
sys.stdout.write(shown.decode().strip().split('\\n')[-1].strip())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
    const words = [process.execPath, ROLECALL, 'exec', '--profile', 'admin', '--', 'bash', '-c', counts];
    const ended = await run([DEBIAN_PYTHON, '-c', script, ...words], both);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/(?<!\d)1$/) as string });
  });
});

test("the modes of the terminal at its end stay: by then they may be another command's, which asks for a code with its echo off", async () => {
  const words = `"$0" "$1" exec --profile admin -- stty -echo; stty -a`;
  const ended = await onATerminalTyped('', ['sh', '-c', words, process.execPath, ROLECALL], both);
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/ -echo /) as string });
});

test('a stray SIGUSR1 opens no debugger in the process that holds the secrets', async () => {
  const told: string[] = [];
  const host = await startHost(machine.ours, (text) => told.push(text));
  process.kill(host.pid, 'SIGUSR1');
  await host.stop();
  expect(told.join('')).not.toContain('Debugger');
});

describe('"rolecall exec --server"', () => {
  test('says that programs take [default] before the endpoint, where that has credentials', async () => {
    const asked = ['sh', '-c', 'echo ran'];
    expect(await exec('--profile admin --server', asked)).toMatchObject({ code: 0, stdout: 'ran\n', stderr: '' });
    const { accessKeyId, secretAccessKey } = DEMO.users.assumeOnly;
    const section = `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await writeFile(join(machine.home, '.aws', 'credentials'), section, { mode: 0o600 });
    const ended = await exec('--profile admin --server', asked);
    expect(ended).toMatchObject({ code: 0, stdout: 'ran\n' });
    expect(ended.stderr).toMatch(/^rolecall: .*\[default\].*\n$/);
    expect((await exec('--profile admin', asked)).stderr).toBe('');
  });

  test('no credentials are in the environment, the endpoint asks for its token and ends with the program', async () => {
    const script = `env >"$HOME/env"; curl -q -s -o /dev/null -w '%{http_code}' --noproxy '*' "$AWS_CONTAINER_CREDENTIALS_FULL_URI"`;
    const ended = await exec('--profile admin --server', ['sh', '-c', script]);
    expect(ended).toMatchObject({ code: 0, stdout: '401' });
    const env = await readFile(join(machine.home, 'env'), 'utf8');
    expect(env).not.toMatch(/^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=/m);
    const [, url = ''] = /^AWS_CONTAINER_CREDENTIALS_FULL_URI=(.*)$/m.exec(env) ?? [];
    await expect(fetch(url)).rejects.toThrow();
  });
});
