import fs from 'node:fs';
import path from 'node:path';
import ElectronStore from 'electron-store';
import { parseWindowPlace, type WindowPlace } from './window-place.ts';

/** Remembers where the main window was. What everybody reads (settings, marks) is kept by the core instead. */
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
    load: () => parseWindowPlace(store.get('mainWindow')),
    save: (place) => store.set('mainWindow', place),
  };
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
