import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Words that only those fetch who read them. */
const OTHER_LANGUAGE = /[\\/](?:zh-cn|ja)[\w-]*\.ts$/;

/**
 * The screen: one page that runs under a Content-Security-Policy of `script-src 'self'`, so nothing is inlined.
 *
 * Mode `gallery` builds the page that shows every component instead; it is not part of the product.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('./src/renderer', import.meta.url)),
  base: './',
  plugins: [react()],
  clearScreen: false,
  build: {
    target: 'chrome140',
    outDir: '../../dist/renderer',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    minify: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // What comes at the start is one file, what comes later another: more of them would weigh more than they save.
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'start', tags: ['$initial'], priority: 1 },
            { name: 'pages', test: (id) => !OTHER_LANGUAGE.test(id) },
          ],
        },
      },
      input: fileURLToPath(new URL(`./src/renderer/${mode === 'gallery' ? 'gallery' : 'index'}.html`, import.meta.url)),
    },
  },
}));
