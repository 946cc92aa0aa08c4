import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What each mode builds: `input` below the top folder, `external` is left to be resolved when it runs. */
const PROGRAMS = {
  main: { input: 'src/main/main.ts', format: 'es', extension: 'js', external: ['electron', '@napi-rs/keyring'] },
  cli: { input: 'src/cli/rolecall.ts', format: 'es', extension: 'js', external: ['@napi-rs/keyring'] },
  preload: {
    input: 'src/preload/preload.ts',
    format: 'cjs',
    extension: 'cjs',
    external: ['electron'],
  },
} as const;

/** Whether a mode names one of the programs built here. */
function isProgram(mode: string): mode is keyof typeof PROGRAMS {
  return Object.hasOwn(PROGRAMS, mode);
}

/**
 * The programs that run in Node or Electron. Chunks lie beside their entry, never in a folder below it, so that
 * `new URL('../renderer/', import.meta.url)` is the built screen from every module.
 *
 * Names are kept and lines stay: stack traces of a desktop app are read by people.
 */
export default defineConfig(({ mode }) => {
  if (!isProgram(mode)) {
    throw new Error(`vite.node.config.ts builds ${Object.keys(PROGRAMS).join(', ')}; not "${mode}".`);
  }
  const program = PROGRAMS[mode];
  return {
    root: fileURLToPath(new URL('.', import.meta.url)),
    clearScreen: false,
    publicDir: false,
    // The source names the half of Electron it may use; sandboxed preload scripts know the module by this name in every version.
    resolve: { alias: { 'electron/renderer': 'electron' } },
    ssr: { noExternal: true, external: [...program.external], target: 'node' },
    build: {
      ssr: program.input,
      target: 'node20',
      outDir: `dist/${mode}`,
      emptyOutDir: true,
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        external: [...program.external],
        output: {
          format: program.format,
          entryFileNames: `[name].${program.extension}`,
          chunkFileNames: `[name]-[hash].${program.extension}`,
          ...(mode === 'preload' ? { codeSplitting: false } : {}),
        },
      },
    },
  };
});
