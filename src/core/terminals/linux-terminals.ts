import { posix } from 'node:path';
import { isProgram } from '../files/is-program.ts';
import type { Surroundings } from '../session/ports.ts';
import { programInPath } from './program-in-path.ts';

/** What stands between a terminal's program and the command that it runs, word for word; `-e` where not said. */
const BEFORE_COMMAND: Readonly<Record<string, readonly string[]>> = {
  'gnome-terminal': ['--'],
  ptyxis: ['--new-window', '--'],
  kgx: ['--'],
  'xfce4-terminal': ['-x'],
  kitty: [],
  foot: [],
  wezterm: ['start', '--'],
};

/** In the order in which they are tried, after the user's own. */
const KNOWN = [
  // What Debian's `update-alternatives` leads to; its policy has every terminal take `-e` and the words of a command.
  'x-terminal-emulator',
  'gnome-terminal',
  'ptyxis',
  'konsole',
  'xfce4-terminal',
  'kgx',
  'alacritty',
  'kitty',
  'ghostty',
  'wezterm',
  'foot',
  'xterm',
];

/** The terminals of a Linux machine, each with the words that come before a command; the user's own (`TERMINAL`) is the first. */
export async function linuxTerminals(
  machine: Pick<Surroundings, 'env' | 'platform'>,
): Promise<readonly (readonly string[])[]> {
  const own = machine.env['TERMINAL'] ?? '';
  const files = await Promise.all(
    [own, ...KNOWN].map(async (name) =>
      posix.isAbsolute(name) ? ((await isProgram(name)) ? name : undefined) : programInPath(name, machine),
    ),
  );
  const found = [...new Set(files.filter((file) => file !== undefined))];
  return found.map((file) => [file, ...(BEFORE_COMMAND[posix.basename(file)] ?? ['-e'])]);
}
