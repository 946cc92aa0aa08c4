import fs from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

/** The argument with which a start at login stays in the tray. */
export const HIDDEN_ARGUMENT = '--hidden';

/** Whether the app was started to stay in the tray: macOS passes no arguments to login items, but tells of them. */
export function startsHidden(
  app: Pick<App, 'getLoginItemSettings'>,
  { argv, platform }: { readonly argv: readonly string[]; readonly platform: 'linux' | 'darwin' | 'win32' },
): boolean {
  return argv.includes(HIDDEN_ARGUMENT) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}

/** Where Linux desktops look for autostart entries. By the XDG rules a path that is not absolute counts for nothing. */
export function linuxConfigDir(env: Readonly<Record<string, string | undefined>>, homeDir: string): string {
  const named = env['XDG_CONFIG_HOME'] ?? '';
  return path.isAbsolute(named) ? named : path.join(homeDir, '.config');
}

/** Makes the system start the app at login, or not. */
export interface LoginItem {
  /** Throws when the system refuses. */
  set(startAtLogin: boolean): void;
  /** Whether the entry is there and was switched off by the system's own means. */
  isSwitchedOff(): boolean;
}

/** macOS and Windows keep a list of login items themselves; Linux desktops read `autostart/*.desktop` (XDG Autostart). */
export function createLoginItem(
  app: Pick<App, 'setLoginItemSettings' | 'getLoginItemSettings'>,
  platform: 'linux' | 'darwin' | 'win32',
  linux: { readonly configDir: string; readonly program: string },
): LoginItem {
  if (platform === 'linux') {
    const file = path.join(linux.configDir, 'autostart', 'rolecall.desktop');
    return {
      set: (startAtLogin) => (startAtLogin ? writeEntry(file, linux.program) : fs.rmSync(file, { force: true })),
      isSwitchedOff: () => isEntrySwitchedOff(file),
    };
  }
  const args = [HIDDEN_ARGUMENT];
  return {
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args }),
    isSwitchedOff() {
      const { openAtLogin, executableWillLaunchAtLogin, status } = app.getLoginItemSettings({ args });
      // macOS keeps what was registered and waits for the user; Windows keeps the line beside a mark that it is off.
      return platform === 'darwin' ? status === 'requires-approval' : openAtLogin && !executableWillLaunchAtLogin;
    },
  };
}

/**
 * What desktops write into an entry that the user switches off: KDE and others `Hidden`, GNOME and Xfce a key of GNOME's.
 * Source: https://specifications.freedesktop.org/autostart-spec/latest/
 */
function isEntrySwitchedOff(file: string): boolean {
  try {
    return /^(?:Hidden[ \t]*=[ \t]*true|X-GNOME-Autostart-enabled[ \t]*=[ \t]*false)[ \t\r]*$/im.test(
      fs.readFileSync(file, 'utf8'),
    );
  } catch {
    return false;
  }
}

function writeEntry(file: string, program: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.new`;
  fs.writeFileSync(temporary, autostartEntry(program), { mode: 0o644 });
  fs.renameSync(temporary, file);
}

/**
 * A desktop entry that starts `program` in the tray.
 *
 * Exec is quoted twice, first as an argument, then as a value of the file, and `%` is doubled:
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
export function autostartEntry(program: string): string {
  const argument = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  const value = `"${argument}" ${HIDDEN_ARGUMENT}`.replaceAll('\\', '\\\\');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Rolecall',
    'Comment=Safe, short-lived access to AWS',
    `Exec=${value}`,
    'Icon=rolecall',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
