import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { AppState } from '../../src/shared/app-state.ts';
import { unpackMessage, type SentMessage } from '../../src/shared/sent-message.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../dist/cli/rolecall.js');

/** The state as a page sees it now. */
export async function stateOf(page: Page): Promise<AppState> {
  const sent = await page.evaluate<SentMessage>(`new Promise((resolve) => {
    const end = rolecall.subscribe((message) => { setTimeout(() => end()); if (message.kind === 'snapshot') resolve(message); });
  })`);
  const message = unpackMessage(sent);
  if (message.kind !== 'snapshot') {
    throw new Error(`The page was sent a ${message.kind} first`);
  }
  return message.state;
}

/** A command as a page gives it, through the preload script. */
export function execute(page: Page, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(`rolecall.execute(${JSON.stringify(name)}, ${JSON.stringify(input)})`);
}

/** Runs the built command in the demo's surroundings, as a program of the user's would. */
export function runCommand(
  { app }: AppState,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const home = path.dirname(path.dirname(app.configFile));
  const url = new URL(app.sandbox?.phoneUrl ?? '').origin;
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    ROLECALL_HOME: path.join(home, '.rolecall'),
    AWS_ENDPOINT_URL: url,
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
