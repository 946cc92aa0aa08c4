import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { scratchFolder } from '../helpers/surroundings.ts';

const TOP = path.resolve(import.meta.dirname, '../..');
const COPIED = [
  'package.json',
  'package-lock.json',
  '.npmrc',
  'tsconfig.json',
  'vite.config.ts',
  'vite.node.config.ts',
  'scripts',
];

const SOURCES: Readonly<Record<string, string>> = {
  'src/shared/name.ts': `export const NAME = 'tiny';`,
  'src/main/main.ts': `import { app } from 'electron';\nimport { NAME } from '../shared/name.ts';\napp.setName(NAME);`,
  'src/preload/preload.ts': `import { contextBridge } from 'electron/renderer';\nimport { NAME } from '../shared/name.ts';\ncontextBridge.exposeInMainWorld('rolecall', NAME);`,
  'src/cli/rolecall.ts': [
    '#!/usr/bin/env node',
    `import { NAME } from '../shared/name.ts';`,
    `if (process.argv[2] === 'sts') { const { STSClient } = await import('@aws-sdk/client-sts'); console.log(typeof STSClient); }`,
    `else { console.log(NAME, ...process.argv.slice(2)); }`,
  ].join('\n'),
  'src/renderer/index.html': `<!doctype html><html lang="en"><head><title>x</title></head><body><script type="module" src="./main.ts"></script></body></html>`,
  'src/renderer/main.ts': `import './style.css';\nimport { NAME } from '../shared/name.ts';\ndocument.title = NAME;`,
  'src/renderer/style.css': `body { color: red; }`,
};

/** A project of a few lines with the real scripts and packages, in a folder of its own. */
export interface TinyRepository {
  readonly folder: string;
  write(file: string, text: string): void;
  read(file: string): string;
  files(folder: string): string[];
  /** Runs a script with Node; never rejects. */
  run(
    script: string,
    args?: readonly string[],
    env?: Record<string, string>,
  ): Promise<{ readonly code: number; readonly output: string }>;
}

/** Makes one; it goes when the test ends. */
export async function tinyRepository(): Promise<TinyRepository> {
  const folder = await scratchFolder();
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  COPIED.forEach((name) => fs.cpSync(path.join(TOP, name), path.join(folder, name), { recursive: true }));
  fs.symlinkSync(path.join(TOP, 'node_modules'), path.join(folder, 'node_modules'));
  Object.entries(SOURCES).forEach(([file, text]) => write(file, text));
  return {
    folder,
    write,
    read: (file) => fs.readFileSync(path.join(folder, file), 'utf8'),
    files: (name) => fs.readdirSync(path.join(folder, name), { recursive: true, encoding: 'utf8' }).sort(),
    run: (script, args = [], env = {}) => runNode(folder, [path.join(folder, script), ...args], env),
  };
}

function runNode(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args],
      { cwd, env: { PATH: process.env['PATH'], HOME: cwd, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
      },
    );
  });
}
