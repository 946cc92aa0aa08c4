import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'rolldown';

/** Makes one plain script of a TypeScript file in this folder, for Node to run as a process of its own. Gives the script's path. */
export async function bundleChild(name: string, outputFolder: string): Promise<string> {
  const file = join(outputFolder, `${name}.cjs`);
  await build({
    input: fileURLToPath(new URL(`./${name}.ts`, import.meta.url)),
    platform: 'node',
    logLevel: 'silent',
    output: { file, format: 'cjs' },
  });
  return file;
}
