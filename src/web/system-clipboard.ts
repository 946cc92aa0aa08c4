import type { ClipboardPort, Surroundings } from '../core/session/ports.ts';
import { clipboardTools, type ClipboardTool } from './clipboard-tools.ts';
import { ClipboardFailedError } from './errors.ts';
import { systemPrograms, type Programs } from './run-program.ts';

const TIMEOUT_MS = 5_000;

/**
 * The system clipboard by the programs that each system has for it; the text goes over stdin, never as an argument.
 *
 * `write` rejects with ClipboardFailedError, which says what to install.
 */
export function createClipboard(
  surroundings: Surroundings,
  programs: Programs = systemPrograms(surroundings),
): ClipboardPort {
  const tools = clipboardTools(surroundings);
  return {
    async write(text) {
      for (const tool of tools) {
        if (await feeds(programs, tool.copy, text.reveal())) {
          return;
        }
      }
      throw new ClipboardFailedError('The clipboard cannot be used here.', installHint(surroundings, tools));
    },
    async clearIfStill(text) {
      for (const tool of tools) {
        const held = await programs.read(tool.paste, TIMEOUT_MS).catch(() => undefined);
        if (held !== undefined) {
          // PowerShell and clip.exe add a line end of their own.
          if (held.replace(/\r?\n$/, '') === text.reveal().replace(/\r?\n$/, '')) {
            await feeds(programs, tool.clear ?? tool.copy, '');
          }
          return;
        }
      }
    },
  };
}

function feeds(programs: Programs, command: readonly string[], input: string): Promise<boolean> {
  return programs.feed(command, input, TIMEOUT_MS).then(
    (exitCode) => exitCode === 0,
    () => false,
  );
}

function installHint({ env, platform }: Surroundings, tools: readonly ClipboardTool[]): string {
  if ((env['ROLECALL_CLIPBOARD'] ?? '') !== '') {
    return 'The program named by ROLECALL_CLIPBOARD failed; correct or unset it.';
  }
  if (platform !== 'linux') {
    return `Check that ${tools[0]?.copy[0] ?? 'the clipboard program'} can be run.`;
  }
  return tools.length === 0
    ? 'There is no screen here. Use rolecall export, or name a program by ROLECALL_CLIPBOARD.'
    : 'Install wl-clipboard (Wayland), or xclip or xsel (X11), or name a program by ROLECALL_CLIPBOARD.';
}
