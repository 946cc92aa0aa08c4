import fs from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

/**
 * Gives Chromium a folder of its own below `parentFolder` for this run: the demo leaves nothing behind, and is its own first
 * instance.
 */
export function takeThrowawayProfile(app: Pick<App, 'setPath' | 'on'>, parentFolder: string): void {
  const folder = fs.mkdtempSync(path.join(parentFolder, 'rolecall-demo-window-'));
  app.setPath('userData', folder);
  app.on('quit', () => {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // Chromium still holds files in it, and Windows removes none that is open: it stays among the temporary ones.
    }
  });
}
