import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Words that only those fetch who read them. */
const OTHER_LANGUAGE = /[\\/](?:zh-cn|ja)[\w-]*\.ts$/;

/**
 * React is CommonJS, of which a bundle calls each function as `(0, runtime.jsxs)(…)`, fifteen hundred times for this screen.
 * By a name of its own that is two letters; and as React's production build has one function by both names, one name does.
 */
function elementsByOneName(): Plugin {
  const name = 'elements-by-one-name';
  return {
    name,
    enforce: 'pre',
    apply: 'build',
    resolveId: (source, importer) => (source === 'react/jsx-runtime' && importer !== name ? name : undefined),
    load: (id) =>
      id === name
        ? `import * as runtime from 'react/jsx-runtime'; export const { Fragment, jsx } = runtime; export { jsx as jsxs };`
        : undefined,
  };
}

/**
 * The screen: one page that runs under a Content-Security-Policy of `script-src 'self'`, so nothing is inlined.
 *
 * Mode `gallery` builds the page that shows every component instead; it is not part of the product.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('./src/renderer', import.meta.url)),
  base: './',
  plugins: [elementsByOneName(), react()],
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
