import fs from 'node:fs';
import path from 'node:path';
import ElectronStore from 'electron-store';
import { parseWindowPlace, type WindowPlace } from './window-place.ts';

/** Remembers where the main window was, as far as it can. What everybody reads (settings, marks) is kept by the core instead. */
export interface WindowStore {
  load(): WindowPlace | undefined;
  save(place: WindowPlace): void;
}

/**
 * Opens `windows.json` in `folder`. A file that cannot be read is set aside under another name and a new one begun.
 */
export function openWindowStore(folder: string): WindowStore {
  const store = openStore(folder);
  return {
    load: () => attempt(() => parseWindowPlace(store.get('mainWindow'))),
    save: (place) => attempt(() => store.set('mainWindow', place)),
  };
}

/** A full disk, or a file broken since, costs the place alone: the window must open and close all the same. */
function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function openStore(folder: string): ElectronStore {
  const open = () => new ElectronStore({ name: 'windows', cwd: folder, configFileMode: 0o600 });
  try {
    return open();
  } catch {
    const file = path.join(folder, 'windows.json');
    fs.renameSync(file, `${file}.unreadable`);
    return open();
  }
}
