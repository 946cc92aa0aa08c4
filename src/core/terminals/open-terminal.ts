import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { programLauncher, type LaunchProgram } from '../browsers/launch-program.ts';
import { ensurePrivateFolder, writeFileAtomic } from '../files/atomic-file.ts';
import { CoreError } from '../model/errors.ts';
import { windowsProgram } from '../model/windows-program.ts';
import type { Surroundings } from '../session/ports.ts';
import { linuxTerminals } from './linux-terminals.ts';
import { programInPath } from './program-in-path.ts';
import { batchFile, batchWord, HOLD_SCRIPT, shellFile } from './terminal-script.ts';

/** This machine has no terminal that starts. */
export class NoTerminalError extends CoreError {
  readonly code = 'terminal-missing';

  constructor(tried: readonly string[], cause?: unknown) {
    super(
      tried.length === 0
        ? 'No terminal was found on this machine.'
        : `No terminal could be started (${tried.join(', ')}).`,
      'Copy the command and run it in one, or name yours in the environment variable TERMINAL.',
      cause,
    );
  }
}

/** A terminal that has not failed after this long is one that is open. */
const WATCH_MS = 1_000;
/** Files for terminals are read within seconds; older ones were. */
const KEPT_MS = 10 * 60_000;
const FILE_NAME = /^(\d+)\.(?:command|cmd)$/;

/**
 * Opens the user's terminal with a command in it, given as words: whatever is in one, it stays one word. What the command needs it gets
 * itself; the terminal is given nothing. Throws NoTerminalError, BadInputError for words that cannot be passed on, FileFailedError.
 */
export async function openTerminal(
  command: readonly string[],
  machine: Surroundings,
  launch: LaunchProgram = programLauncher(machine, { hidden: false }),
): Promise<void> {
  const tries = await terminalCommands(command, machine);
  for (const words of tries) {
    const launched = await launch(words, WATCH_MS);
    if (launched.kind === 'running' || (launched.kind === 'ended' && launched.exitCode === 0)) {
      return;
    }
  }
  throw new NoTerminalError(tries.map(([program = '']) => program));
}

/** Every way to open a terminal here, the likeliest first. */
async function terminalCommands(
  command: readonly string[],
  machine: Surroundings,
): Promise<readonly (readonly string[])[]> {
  const { env, platform } = machine;
  switch (platform) {
    case 'linux': {
      const held = ['/bin/sh', '-c', HOLD_SCRIPT, 'rolecall', ...command];
      return (await linuxTerminals(machine)).map((before) => [...before, ...held]);
    }
    case 'darwin':
      // In the terminal that the user chose for such files: Terminal, iTerm, or another.
      return [['/usr/bin/open', await fileFor(shellFile(command), 'command', machine)]];
    case 'win32': {
      const file = await fileFor(batchFile(command), 'cmd', machine);
      const shell = [windowsProgram(env, String.raw`System32\cmd.exe`), '/d', '/c', 'call', batchWord(file)];
      const terminal = await programInPath('wt', machine);
      const byTerminal = terminal === undefined ? [] : [[terminal, 'new-tab', ...shell]];
      return [...byTerminal, [windowsProgram(env, String.raw`System32\conhost.exe`), ...shell]];
    }
  }
}

/** Writes what a terminal is to run into our own folder, and removes what was written for others before. */
async function fileFor(
  text: string,
  ending: 'command' | 'cmd',
  { rolecallHome, clock }: Surroundings,
): Promise<string> {
  const folder = join(rolecallHome, 'terminal');
  const now = clock.now().getTime();
  await ensurePrivateFolder(folder);
  const old = (await readdir(folder)).filter((name) => now - Number(FILE_NAME.exec(name)?.[1] ?? now) > KEPT_MS);
  await Promise.all(old.map((name) => unlink(join(folder, name)).catch(() => {})));
  const file = join(folder, `${now}.${ending}`);
  await writeFileAtomic(file, text, { mode: 0o700 });
  return file;
}
