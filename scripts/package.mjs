import { build } from './build.mjs';
import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run-program.mjs';
import { stageCommand } from './lib/stage-command.mjs';

/** Packs the app for people, into `release/`. Arguments go to electron-builder: `npm run package -- --linux AppImage`. */
await build();
stageCommand();
const args = [`--config=${inRoot('electron-builder.release.yml')}`, '--publish=never', ...process.argv.slice(2)];
const { code } = await runNode([inRoot('node_modules/electron-builder/cli.js'), ...args]);
process.exitCode = code;
