import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { NotFoundError } from '../../model/errors.ts';
import { windowsProgram } from '../../model/windows-program.ts';
import { readSmallFile } from '../../files/small-file.ts';
import type { Surroundings } from '../ports.ts';
import type { RunProgram } from '../resolve/program-runner.ts';

/** What finding this machine's id needs. */
export interface MachineIdParts {
  readonly surroundings: Pick<Surroundings, 'platform' | 'env'>;
  readonly runProgram: RunProgram;
  /** Where Linux keeps it; the first that is there counts. */
  readonly linuxFiles?: readonly string[];
}

const LINUX_FILES = ['/var/lib/dbus/machine-id', '/etc/machine-id'];
const LONGEST_FILE_BYTES = 4096;
const LIMIT_MS = 5_000;

/**
 * This machine's id as the node-machine-id package gives it: SHA-256, in hex, of the id that the system was installed with. Leapp's
 * workspace is locked with it. Throws NotFoundError.
 * Source: https://github.com/automation-stack/node-machine-id
 */
export async function hashedMachineId(parts: MachineIdParts): Promise<string> {
  const raw = (await rawMachineId(parts)).replace(/\s+/g, '').toLowerCase();
  if (raw === '') {
    throw new NotFoundError("This machine's id cannot be found.", 'Import needs it to open the workspace of Leapp.');
  }
  return createHash('sha256').update(raw).digest('hex');
}

async function rawMachineId(parts: MachineIdParts): Promise<string> {
  const { platform, env } = parts.surroundings;
  switch (platform) {
    case 'linux':
      return fromFiles(parts.linuxFiles ?? LINUX_FILES);
    case 'darwin': {
      const printed = await output(parts, ['/usr/sbin/ioreg', '-rd1', '-c', 'IOPlatformExpertDevice']);
      return /"IOPlatformUUID"\s*=\s*"([^"]+)"/.exec(printed)?.[1] ?? '';
    }
    case 'win32': {
      const program = windowsProgram(env, String.raw`System32\reg.exe`);
      const key = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography`;
      return /REG_SZ\s+(\S+)/.exec(await output(parts, [program, 'QUERY', key, '/v', 'MachineGuid']))?.[1] ?? '';
    }
  }
}

/** The first line of the first file there is, else the host's name. */
async function fromFiles(files: readonly string[]): Promise<string> {
  for (const file of files) {
    const bytes = await readSmallFile(file, LONGEST_FILE_BYTES);
    if (bytes !== undefined) {
      return new TextDecoder().decode(bytes).split('\n')[0] ?? '';
    }
  }
  return hostname();
}

async function output({ runProgram, surroundings }: MachineIdParts, words: readonly string[]): Promise<string> {
  const signal = new AbortController().signal;
  const outcome = await runProgram({ words, env: surroundings.env, timeoutMs: LIMIT_MS, signal });
  return outcome.kind === 'ended' && outcome.exitCode === 0 ? outcome.stdout : '';
}
