import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './root.mjs';

/** What the `rolecall` command needs to run, in the places where it looks. */
const PARTS = ['dist/cli', 'dist/renderer', 'package.json', 'node_modules/@napi-rs'];

/** Gathers the built command and all it loads in `dist/command`, which packages carry beside the app's archive. */
export function stageCommand() {
  const folder = inRoot('dist/command');
  fs.rmSync(folder, { recursive: true, force: true });
  for (const part of PARTS) {
    fs.cpSync(inRoot(part), path.join(folder, part), { recursive: true, dereference: true });
  }
}
