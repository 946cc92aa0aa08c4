import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** Debian's AWS CLI, by path: a newer one on PATH would know endpoint variables and prove less. */
export const DEBIAN_AWS = '/usr/bin/aws';
export const DEBIAN_PYTHON = '/usr/bin/python3';

/** Why Debian's clients cannot be run here; undefined when they can. */
export function debianClientsMissing(): string | undefined {
  const missing = [DEBIAN_AWS, '/usr/lib/python3/dist-packages/boto3'].filter((path) => !existsSync(path));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')} (apt packages awscli, python3-boto3)`;
}

/** How a program ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is to be done when a test, or a group of tests, is over. */
export type AtEnd = (cleanUp: () => void | Promise<void>) => void;

/** An empty HOME with these files in `.aws`, removed after the test, or whenever else `atEnd` says. */
export async function temporaryHome(
  files: Readonly<Record<string, string>> = {},
  atEnd: AtEnd = onTestFinished,
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'rolecall-home-'));
  atEnd(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, '.aws'), { mode: 0o700 });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(home, '.aws', name), text, { mode: 0o600 });
  }
  return home;
}

/** Environment of a client that reaches the sandbox through its proxy, with nothing of this process's own. */
export async function proxiedEnvironment(sandbox: Sandbox, home: string): Promise<Record<string, string>> {
  return {
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
    ...(await sandbox.proxyEnv()),
  };
}

/** Starts a program. `stdin` is all it can read. */
export function start(command: readonly string[], env: Record<string, string>, stdin = ''): ChildProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return child;
}

/** Runs a program to its end, at most `timeoutMs`. `onOutput` and `onError` see what it printed so far. */
export async function run(
  command: readonly string[],
  env: Record<string, string>,
  options: {
    readonly stdin?: string;
    readonly timeoutMs?: number;
    readonly onOutput?: (stdout: string) => void;
    readonly onError?: (stderr: string) => void;
  } = {},
): Promise<Finished> {
  const child = start(command, env, options.stdin);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    options.onOutput?.(stdout);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    options.onError?.(stderr);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  return { code, stdout, stderr };
}
