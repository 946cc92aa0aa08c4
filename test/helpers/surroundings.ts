import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Surroundings } from '../../src/core/session/ports.ts';
import { FakeClock } from './fake-clock.ts';

/** A new folder that is removed when the test ends. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A machine with an empty home folder and a clock that the test moves. `lines` collects the log. */
export async function scratchSurroundings<Given extends Partial<Surroundings>>(
  given?: Given,
): Promise<Surroundings & { readonly clock: Given extends { clock: infer Own } ? Own : FakeClock; lines: string[] }> {
  const homeDir = given?.homeDir ?? (await scratchFolder());
  const lines: string[] = [];
  const base = {
    clock: new FakeClock(),
    env: { PATH: process.env['PATH'] ?? '' },
    homeDir,
    platform: 'linux' as const,
    rolecallHome: join(homeDir, '.config', 'rolecall'),
    log: (line: string) => {
      lines.push(line);
    },
    lines,
  };
  return { ...base, ...given } as never;
}
