import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run-program.mjs';

/** Checks the types of everything: Node code and tests, the screen, the bridge to it, and these scripts. */
const PROJECTS = ['tsconfig.json', 'tsconfig.renderer.json', 'src/preload/tsconfig.json', 'scripts/tsconfig.json'];

for (const project of PROJECTS) {
  const { code } = await runNode([inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot(project)]);
  if (code !== 0) {
    process.exitCode = code;
  }
}
