import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
      // What does not come at the start comes in one piece, from this machine: chunks of their own would weigh more than they save.
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'pages',
              test: /renderer[\\/](?:profiles|member|dialogs[\\/]form-|window[\\/](?:profile|problem|guide|activity|doctor|setting|console-rules|custom-|guard-rules|import-|data-|proxy-|use-doctor)|model[\\/](?:profile|guide|pasted-key|activity|doctor))/,
            },
          ],
        },
      },
      input: fileURLToPath(new URL(`./src/renderer/${mode === 'gallery' ? 'gallery' : 'index'}.html`, import.meta.url)),
    },
  },
}));
