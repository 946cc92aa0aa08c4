import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import type { Answer, Job } from './store-child.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The program `store-child.ts` as plain Node runs it, which reads no TypeScript. */
export interface ChildProgram {
  /** Runs a job to its end. `exitMs` is how long the whole process took. */
  run(job: Job, env?: NodeJS.ProcessEnv): Promise<{ answers: Answer[]; exitCode: number | null; exitMs: number }>;
  /** Starts a job, to be killed in the middle. `lines` grows as it answers. */
  start(job: Job): { child: ChildProcess; lines: string[]; ended: Promise<number | null> };
  remove(): Promise<void>;
}

/** Bundles the program into a folder of its own, with the packages it needs within reach. */
export async function buildChildProgram(): Promise<ChildProgram> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rolecall-child-'));
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const file = path.join(folder, 'store-child.mjs');
  const bundle = await rolldown({
    input: path.join(import.meta.dirname, 'store-child.ts'),
    platform: 'node',
    external: ['@napi-rs/keyring'],
    logLevel: 'silent',
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();

  const start = (job: Job, env: NodeJS.ProcessEnv = process.env) => {
    const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'], env });
    const lines: string[] = [];
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      const parts = (rest + piece).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
    child.stdin.end(JSON.stringify(job));
    return { child, lines, ended: new Promise<number | null>((resolve) => child.on('close', resolve)) };
  };
  return {
    start,
    run: async (job, env) => {
      const started = performance.now();
      const { lines, ended } = start(job, env);
      const exitCode = await ended;
      const answers = lines.map((line) => JSON.parse(line) as Answer);
      return { answers, exitCode, exitMs: performance.now() - started };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
