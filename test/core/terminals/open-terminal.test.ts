import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Launch, LaunchProgram } from '../../../src/core/browsers/launch-program.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { connectCommand } from '../../../src/core/terminals/connect-command.ts';
import { openTerminal } from '../../../src/core/terminals/open-terminal.ts';
import { HOLD_SCRIPT } from '../../../src/core/terminals/terminal-script.ts';
import type { RoleTarget } from '../../../src/shared/role-target.ts';
import { scratchFolder, scratchSurroundings } from '../../helpers/surroundings.ts';

const WHERE = { instanceId: 'i-0123456789abcdef0', region: 'eu-central-1' };
/** Names that are more than a name to a shell, an option parser, a batch file or a terminal. */
const HOSTILE = [
  '"; touch /tmp/pwned; "',
  "'; touch /tmp/pwned; '",
  '$(touch /tmp/pwned)',
  '`touch /tmp/pwned`',
  '--help',
  '-e',
  'two\nlines',
  '%PATH% & calc | more > x ^ !y!',
  '日本語 é',
];
const profile = (name: string): RoleTarget => ({ kind: 'profile', profile: name });

/** Notes what is started; each ends as said, the last as all that follow. */
function recorder(...ends: readonly Launch[]) {
  const started: (readonly string[])[] = [];
  const launch: LaunchProgram = async (command) => {
    started.push(command);
    return ends[Math.min(started.length, ends.length) - 1] ?? { kind: 'running' };
  };
  return { started, launch };
}

async function linuxWith(programs: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const bin = await scratchFolder();
  await Promise.all(programs.map((name) => writeFile(join(bin, name), '#!/bin/sh\n', { mode: 0o755 })));
  return { bin, machine: await scratchSurroundings({ env: { PATH: `${bin}:relative`, ...env } }) };
}

describe('the command', () => {
  test('a role of an Identity Center, and a profile', () => {
    const target = { kind: 'sso-role', ssoSession: 'acme', accountId: '111122223333', roleName: 'Admin' } as const;
    expect(connectCommand('/bin/rolecall', target, WHERE)).toEqual([
      '/bin/rolecall',
      'connect',
      '--sso-session=acme',
      '--account=111122223333',
      '--role=Admin',
      '--region=eu-central-1',
      'i-0123456789abcdef0',
    ]);
    expect(connectCommand('/bin/rolecall', profile('-x'), WHERE)[2]).toBe('--profile=-x');
  });
});

describe('on Linux', () => {
  test.each([
    ['x-terminal-emulator', ['-e']],
    ['gnome-terminal', ['--']],
    ['ptyxis', ['--new-window', '--']],
    ['konsole', ['-e']],
    ['xfce4-terminal', ['-x']],
    ['kgx', ['--']],
    ['alacritty', ['-e']],
    ['kitty', []],
    ['ghostty', ['-e']],
    ['wezterm', ['start', '--']],
    ['foot', []],
    ['xterm', ['-e']],
  ])('%s gets the command as words', async (name, before) => {
    const { bin, machine } = await linuxWith([name]);
    const { started, launch } = recorder();
    await openTerminal(['/opt/rolecall', 'connect', HOSTILE[0] ?? ''], machine, launch);
    const held = ['/bin/sh', '-c', HOLD_SCRIPT, 'rolecall', '/opt/rolecall', 'connect', HOSTILE[0]];
    expect(started).toEqual([[join(bin, name), ...before, ...held]]);
  });

  test('the user’s own comes first, by name or path; one that fails is followed by the next', async () => {
    const { bin, machine } = await linuxWith(['xterm', 'kitty', 'x-terminal-emulator'], { TERMINAL: 'kitty' });
    const { started, launch } = recorder({ kind: 'not-started' }, { kind: 'ended', exitCode: 1 }, { kind: 'running' });
    await openTerminal(['/opt/rolecall'], machine, launch);
    expect(started.map(([program]) => program)).toEqual(
      ['kitty', 'x-terminal-emulator', 'xterm'].map((name) => join(bin, name)),
    );
    const byPath = recorder();
    await openTerminal(
      ['/opt/rolecall'],
      { ...machine, env: { ...machine.env, TERMINAL: join(bin, 'xterm') } },
      byPath.launch,
    );
    expect(byPath.started[0]?.slice(0, 2)).toEqual([join(bin, 'xterm'), '-e']);
  });

  test('without any it says so, and what to do', async () => {
    const { machine } = await linuxWith([], { TERMINAL: 'gone' });
    await expect(openTerminal(['/opt/rolecall'], machine, recorder().launch)).rejects.toMatchObject({
      name: 'NoTerminalError',
      message: 'No terminal was found on this machine.',
      hint: 'Copy the command and run it in one, or name yours in the environment variable TERMINAL.',
    });
  });

  test('where none starts, those that were tried are named', async () => {
    const { bin, machine } = await linuxWith(['xterm', 'foot']);
    const { launch } = recorder({ kind: 'ended', exitCode: 1 });
    await expect(openTerminal(['/opt/rolecall'], machine, launch)).rejects.toMatchObject({
      message: `No terminal could be started (${join(bin, 'foot')}, ${join(bin, 'xterm')}).`,
    });
  });

  test.each(HOSTILE)('%j reaches the command as it is, through a terminal that runs', async (name) => {
    const bin = await scratchFolder();
    await writeFile(join(bin, 'xterm'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
    const rolecall = join(bin, 'rolecall');
    await writeFile(rolecall, `#!/bin/sh\n/usr/bin/printf '%s\\0' "$@" > '${bin}/words'\n`, { mode: 0o755 });
    const machine = await scratchSurroundings({ clock: systemClock(), env: { PATH: bin } });
    const command = connectCommand(rolecall, profile(name), WHERE);
    await openTerminal(command, machine);
    await expect
      .poll(() => readFile(join(bin, 'words'), 'utf8').catch(() => ''))
      .toBe([...command.slice(1), ''].join('\0'));
  });
});

describe('on macOS', () => {
  test.each(HOSTILE)('a file of our own holds %j as one word, and nothing else', async (name) => {
    const machine = { ...(await scratchSurroundings()), platform: 'darwin' as const };
    const { started, launch } = recorder({ kind: 'ended', exitCode: 0 });
    const bin = await scratchFolder();
    const rolecall = join(bin, 'role call');
    await writeFile(rolecall, `#!/bin/sh\nprintf '%s\\0' "$@"\n`, { mode: 0o755 });
    const command = connectCommand(rolecall, profile(name), WHERE);
    await openTerminal(command, machine, launch);
    const [[program, file = ''] = []] = started;
    expect(program).toBe('/usr/bin/open');
    const { stdout } = await promisify(execFile)(file);
    expect(stdout).toBe([...command.slice(1), ''].join('\0'));
  });

  test('files of before are removed, a fresh one stays', async () => {
    const machine = { ...(await scratchSurroundings()), platform: 'darwin' as const };
    const folder = join(machine.rolecallHome, 'terminal');
    const { launch } = recorder({ kind: 'ended', exitCode: 0 });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await openTerminal(['/opt/rolecall'], machine, launch);
    const [first] = await readdir(folder);
    await machine.clock.advance(60_000);
    await openTerminal(['/opt/rolecall'], machine, launch);
    expect(await readdir(folder)).toHaveLength(3);
    await machine.clock.advance(10 * 60_000);
    await openTerminal(['/opt/rolecall'], machine, launch);
    const names = await readdir(folder);
    expect(names).toHaveLength(3);
    expect(names).toContain('notes.txt');
    expect(names).not.toContain(first);
  });
});

describe('on Windows', () => {
  const windows = async () => ({
    ...(await scratchSurroundings({ env: { SystemRoot: String.raw`C:\Windows`, Path: '' } })),
    platform: 'win32' as const,
  });

  test('a batch file in quotes, in a console window of its own', async () => {
    const machine = await windows();
    const { started, launch } = recorder();
    await openTerminal([String.raw`C:\Users\Jo Do\rolecall.cmd`, 'connect', '--profile=dev'], machine, launch);
    const [[conhost, shell, ...words] = []] = started;
    expect([conhost, shell]).toEqual([
      String.raw`C:\Windows\System32\conhost.exe`,
      String.raw`C:\Windows\System32\cmd.exe`,
    ]);
    expect(words.slice(0, 3)).toEqual(['/d', '/c', 'call']);
    expect(await readFile(words[3] ?? '', 'utf8')).toBe(
      `@echo off\r\ncall "C:\\Users\\Jo Do\\rolecall.cmd" "connect" "--profile=dev"\r\nif errorlevel 1 pause\r\n`,
    );
  });

  test.each(HOSTILE.filter((name) => !name.startsWith('-') && !/^['$`]/.test(name)))(
    '%j is refused, and nothing is written or started',
    async (name) => {
      const machine = await windows();
      const { started, launch } = recorder();
      await expect(openTerminal(['rolecall', `--profile=${name}`], machine, launch)).rejects.toMatchObject({
        name: 'BadInputError',
      });
      expect(started).toEqual([]);
      await expect(readdir(join(machine.rolecallHome, 'terminal'))).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );
});
