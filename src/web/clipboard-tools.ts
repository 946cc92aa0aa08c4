import { windowsProgram } from '../core/model/windows-program.ts';
import type { Surroundings } from '../core/session/ports.ts';

/** One way to the clipboard: programs with their arguments. `copy` reads the text from stdin, `paste` prints it. */
export interface ClipboardTool {
  readonly copy: readonly string[];
  readonly paste: readonly string[];
  /** Where an empty `copy` would not empty it. */
  readonly clear?: readonly string[];
}

/** Marks the text for clipboard managers, so that they do not keep it: http://nspasteboard.org */
const MAC_COPY = `
ObjC.import('AppKit');
const data = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
const text = $.NSString.alloc.initWithDataEncoding(data, $.NSUTF8StringEncoding);
const board = $.NSPasteboard.generalPasteboard;
board.clearContents;
board.setStringForType(text, 'public.utf8-plain-text');
board.setStringForType('', 'org.nspasteboard.ConcealedType');
`;

/**
 * Keeps the text out of the clipboard history and the cloud clipboard:
 * https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
 */
const WINDOWS_COPY = [
  '[Console]::InputEncoding = [Text.Encoding]::UTF8',
  'Add-Type -AssemblyName System.Windows.Forms',
  '$data = New-Object System.Windows.Forms.DataObject',
  '$data.SetText([Console]::In.ReadToEnd())',
  "$data.SetData('ExcludeClipboardContentFromMonitorProcessing', $true)",
  '[System.Windows.Forms.Clipboard]::SetDataObject($data, $true)',
].join('; ');
const WINDOWS_PASTE = '[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw';
const WINDOWS_CLEAR = 'Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.Clipboard]::Clear()';

function powershell(program: string, script: string): readonly string[] {
  return [program, '-NoProfile', '-NonInteractive', '-STA', '-Command', script];
}

/**
 * The ways to the clipboard on this machine, in the order to try them. `ROLECALL_CLIPBOARD` names a program that is run with
 * `copy` (text on stdin) or `paste` (text on stdout), and is then the only one.
 */
export function clipboardTools({ env, platform }: Pick<Surroundings, 'env' | 'platform'>): readonly ClipboardTool[] {
  const named = env['ROLECALL_CLIPBOARD'] ?? '';
  if (named !== '') {
    return [{ copy: [named, 'copy'], paste: [named, 'paste'] }];
  }
  switch (platform) {
    case 'darwin':
      return [
        { copy: ['osascript', '-l', 'JavaScript', '-e', MAC_COPY], paste: ['pbpaste'] },
        { copy: ['pbcopy'], paste: ['pbpaste'] },
      ];
    case 'win32':
      return [windowsTool(windowsProgram(env, String.raw`System32\WindowsPowerShell\v1.0\powershell.exe`))];
    case 'linux':
      return linuxTools(env);
  }
}

function windowsTool(program: string): ClipboardTool {
  return {
    copy: powershell(program, WINDOWS_COPY),
    paste: powershell(program, WINDOWS_PASTE),
    clear: powershell(program, WINDOWS_CLEAR),
  };
}

const WL_PLAIN: ClipboardTool = {
  copy: ['wl-copy'],
  paste: ['wl-paste', '--no-newline'],
  clear: ['wl-copy', '--clear'],
};
/**
 * Marks the text for clipboard managers, so that they do not keep it. wl-clipboard knows the option since 2.3; older ones refuse it and
 * copy nothing: https://github.com/bugaevc/wl-clipboard/issues/177
 */
const WL_SENSITIVE: ClipboardTool = { ...WL_PLAIN, copy: ['wl-copy', '--sensitive'] };

function linuxTools(env: Surroundings['env']): readonly ClipboardTool[] {
  const wayland = (env['WAYLAND_DISPLAY'] ?? '') !== '';
  const x11 = (env['DISPLAY'] ?? '') !== '';
  return [
    ...(env['WSL_DISTRO_NAME'] === undefined ? [] : [windowsTool('powershell.exe')]),
    ...(wayland ? [WL_SENSITIVE, WL_PLAIN] : []),
    ...(x11
      ? [
          { copy: ['xclip', '-selection', 'clipboard'], paste: ['xclip', '-selection', 'clipboard', '-o'] },
          {
            copy: ['xsel', '--clipboard', '--input'],
            paste: ['xsel', '--clipboard', '--output'],
            clear: ['xsel', '--clipboard', '--clear'],
          },
        ]
      : []),
  ];
}
