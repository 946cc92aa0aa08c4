import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Bundles TypeScript text, which may import from `src` by absolute path, into one file that plain Node runs; resolves to its path. */
export async function bundleScript(folder: string, name: string, source: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const input = join(folder, `${name}.ts`);
  const file = join(folder, `${name}.mjs`);
  await writeFile(input, source);
  const bundle = await rolldown({
    input,
    platform: 'node',
    logLevel: 'silent',
    resolve: { modules: [join(import.meta.dirname, '../../node_modules')] },
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}

/** Starts Node on a script; the lines it prints arrive in `lines`. */
export function runNode(script: string, args: readonly string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...env },
  });
  const lines: string[] = [];
  child.stdout
    ?.setEncoding('utf8')
    .on('data', (text: string) => lines.push(...text.split('\n').filter((line) => line !== '')));
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  return { child, lines, ended };
}
