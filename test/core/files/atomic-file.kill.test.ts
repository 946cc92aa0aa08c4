import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleChild } from './children/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-kill-'));
let script = '';

beforeAll(async () => {
  script = await bundleChild('write-loop', folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  '300 kill -9 in the middle of writing leave a whole file, old or new, each time',
  { timeout: 120_000 },
  async () => {
    expect(await killedWriters('atomic', 300)).toEqual({ whole: 300, broken: 0 });
  },
);

test('the same kills catch a writer that writes in place', { timeout: 60_000 }, async () => {
  const { broken } = await killedWriters('in-place', 40);
  expect(broken).toBeGreaterThan(0);
});

async function killedWriters(
  mode: string,
  count: number,
): Promise<{ readonly whole: number; readonly broken: number }> {
  let whole = 0;
  let broken = 0;
  const kills = Array.from({ length: count }, (_, index) => index);
  const worker = async (lane: number): Promise<void> => {
    const path = join(folder, `${mode}-${lane}`);
    writeFileSync(path, '# end 0\n', { mode: 0o640 });
    for (let index = kills.pop(); index !== undefined; index = kills.pop()) {
      await writeAndKill(path, mode, index);
      if (/# end \d\n$/.test(readFileSync(path, 'utf8')) && isOneGeneration(readFileSync(path, 'utf8'))) {
        whole += 1;
      } else {
        broken += 1;
        writeFileSync(path, '# end 0\n');
      }
    }
    expect(statSync(path).mode & 0o777).toBe(0o640);
  };
  await Promise.all([0, 1, 2, 3].map(worker));
  return { whole, broken };
}

async function writeAndKill(path: string, mode: string, index: number): Promise<void> {
  const child = spawn(process.execPath, [script, path, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Nothing of the environment: reading NODE_EXTRA_CA_CERTS alone takes as long as Node's start.
    env: {},
  });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  // Spread over about two writes, so that every part of one is hit.
  await new Promise((resolve) => setTimeout(resolve, (index * 7) % 23));
  await killed(child);
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}

function isOneGeneration(text: string): boolean {
  const generations = new Set(text.match(/generation-\d/g));
  return generations.size <= 1 && (text === '# end 0\n' || text.match(/^\[profile/gm)?.length === 2_000);
}
