import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BrokerUse } from '../../../src/core/broker/broker-routes.ts';
import { startBroker } from '../../../src/core/broker/start-broker.ts';
import { installHelper } from '../../../src/core/helper/install-helper.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

/** What the app answers in these tests. */
export const JSON_ANSWER =
  '{"Version":1,"AccessKeyId":"ASIAX","SecretAccessKey":"CANARY/+=","SessionToken":"t","Expiration":"2026-11-23T13:00:00Z"}\n';

/** The whole command's place is taken by a program that tells how it was called. */
const STAND_IN = `process.stdout.write(JSON.stringify({ args: process.argv.slice(2), home: process.env.ROLECALL_HOME, folder: process.cwd() }));
process.stderr.write('whole command\\n');
process.exit(42);
`;

/** How the helper ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** A program and its arguments to run the script with; its own first line decides otherwise. */
  readonly shell?: readonly string[];
}

/** A helper in a folder of its own, and an app to answer it if wanted. */
export async function helperUnderTest(folderName = 'Roles & "keys" it\'s', asksBy: 'perl' | 'curl' = 'perl') {
  const scratch = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
  const surroundings = { ...scratch, rolecallHome: join(scratch.rolecallHome, folderName) };
  const { rolecallHome } = surroundings;
  const commandFile = join(rolecallHome, "it's the command.mjs");
  await mkdir(dirname(commandFile), { recursive: true });
  await writeFile(commandFile, STAND_IN);
  const place = { rolecallHome, platform: 'linux', nodeFile: process.execPath, commandFile } as const;
  const file = await installHelper(place);
  if (asksBy === 'curl') {
    await forgetPerl(file);
  }
  const uses: BrokerUse[] = [];
  return {
    surroundings,
    rolecallHome,
    place,
    file,
    uses,
    run: (args: readonly string[], options: RunOptions = {}) => runHelper(file, args, options),
    /** Starts an app that answers by `answer`. */
    async app(answer: (use: BrokerUse) => Promise<Secret> = () => Promise.resolve(new Secret(JSON_ANSWER))) {
      const running = await startBroker({
        surroundings,
        version: '1.2.3',
        credentials: (use) => {
          uses.push(use);
          return answer(use);
        },
        show: () => undefined,
      });
      if (running === undefined) {
        throw new Error('somebody else listens in a fresh folder');
      }
      onTestFinished(() => running.close());
      return running;
    },
    /** The folder of the socket, private, without one. */
    async emptyRunFolder(): Promise<string> {
      const folder = join(rolecallHome, 'run');
      await mkdir(folder);
      await chmod(folder, 0o700);
      return folder;
    },
  };
}

/** As on a machine without it. */
async function forgetPerl(file: string): Promise<void> {
  const script = await readFile(file, 'utf8');
  await writeFile(file, script.replaceAll('/usr/bin/perl', '/nowhere/perl'));
}

function runHelper(file: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const [program, ...before] = [...(options.shell ?? []), file];
  const env = { PATH: process.env['PATH'] ?? '', ...options.env };
  const child = spawn(program, [...before, ...args], { env, cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...ended }));
  });
}
