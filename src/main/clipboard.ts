import type { Clipboard, ClipboardItem } from 'electron';
import type { Secret } from '../core/model/secret.ts';
import type { ClipboardPort } from '../core/session/ports.ts';

/** How a raw format of the platform is named to Electron. */
const raw = (format: string): string => `electron application/osclipboard;format="${format}"`;

/** A Windows DWORD of value zero. */
const DWORD_ZERO = '\0\0\0\0';

/**
 * Markers that ask clipboard managers, histories and cloud sync not to keep what stands beside them.
 *
 * Sources: http://nspasteboard.org, https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats (cloud clipboard and
 * clipboard history formats), and KDE's Klipper, which other Linux managers follow.
 */
const CONCEALED: Readonly<Record<'linux' | 'darwin' | 'win32', Readonly<Record<string, string>>>> = {
  darwin: { [raw('org.nspasteboard.ConcealedType')]: '1' },
  win32: {
    [raw('ExcludeClipboardContentFromMonitorProcessing')]: DWORD_ZERO,
    [raw('CanIncludeInClipboardHistory')]: DWORD_ZERO,
    [raw('CanUploadToCloudClipboard')]: DWORD_ZERO,
  },
  linux: { [raw('x-kde-passwordManagerHint')]: 'secret' },
};

/** The system clipboard through Electron. Text and markers are put there in one write. */
export function createClipboard(
  clipboard: Pick<Clipboard, 'write' | 'readText' | 'clear'>,
  Item: new (items: Record<string, string>) => ClipboardItem,
  platform: 'linux' | 'darwin' | 'win32',
): ClipboardPort {
  return {
    write: (text) => clipboard.write([new Item({ 'text/plain': text.reveal(), ...CONCEALED[platform] })]),
    clearIfStill: (text) => clearIfStill(clipboard, text),
  };
}

async function clearIfStill(clipboard: Pick<Clipboard, 'readText' | 'clear'>, text: Secret): Promise<void> {
  try {
    if ((await clipboard.readText()) === text.reveal()) {
      clipboard.clear();
    }
  } catch {
    // The clipboard can be held by another program; the port allows the text to stay at worst.
  }
}
