import { ensureInstalled } from './lib/install.mjs';
import { requireNodeVersion } from './lib/node-version.mjs';
import { inRoot } from './lib/root.mjs';

/** Builds the page that shows every component in every state, and serves it on this machine until Ctrl+C. */
requireNodeVersion();
await ensureInstalled();
const { build } = await import('./build.mjs');
await build(['gallery']);
const { preview } = await import('vite');
const server = await preview({
  configFile: false,
  root: inRoot(),
  build: { outDir: 'dist/gallery' },
  preview: { host: '127.0.0.1', port: 4174 },
});
console.log(`The gallery is at ${server.resolvedUrls?.local[0] ?? ''}gallery.html (Ctrl+C ends it).`);
