import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { ROLECALL } from './rolecall-command.ts';
import { scratchFolder } from './surroundings.ts';

/** What the demo prints for another terminal. */
const HINT = /^To use it in another terminal: (.+)$/m;

async function program(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

/** The host with its demo, a home folder of the stranger's own with nothing in it, and stand-ins for their browser and clipboard. */
export async function startDemo() {
  const folder = await scratchFolder();
  const home = join(folder, 'home');
  const [opened, clipboard] = [join(folder, 'opened'), join(folder, 'clipboard')];
  const child = spawn(process.execPath, [ROLECALL, 'host', '--sandbox', '--no-open'], {
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      BROWSER: await program(folder, 'browser', `printf '%s\\n' "$1" >>'${opened}'`),
      ROLECALL_CLIPBOARD: await program(
        folder,
        'clip',
        `if [ "$1" = copy ]; then cat >'${clipboard}'; else cat '${clipboard}'; fi`,
      ),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const printed = { text: '' };
  child.stdout.on('data', (data: Buffer) => (printed.text += data.toString()));
  const address = () => /http:\/\/127\.0\.0\.1:\d+\/#b=\S+/.exec(printed.text)?.[0];
  await expect.poll(address, { timeout: 20_000 }).toBeDefined();
  const lines = async () => (await readFile(opened, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  return {
    home,
    clipboard,
    address: address() ?? '',
    hint: HINT.exec(printed.text)?.[1] ?? '',
    /** The `count`th address that was handed to the browser. */
    async openedPage(count: number): Promise<string> {
      await expect.poll(async () => (await lines()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
      return (await lines())[count - 1] ?? '';
    },
    async stop(): Promise<void> {
      child.kill('SIGINT');
      await ended;
    },
  };
}
