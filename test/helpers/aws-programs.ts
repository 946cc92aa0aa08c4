import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { ROLECALL } from './rolecall-command.ts';
import { DEBIAN_AWS, DEBIAN_PYTHON, proxiedEnvironment, run, temporaryHome, type AtEnd } from './sandbox-programs.ts';

const JS_CLIENT = fileURLToPath(new URL('../fixtures/js-client.mjs', import.meta.url));

/** One user's machine beside a sandbox: their home, and the environments of the programs they run. */
export interface Machine {
  readonly sandbox: Sandbox;
  readonly home: string;
  readonly rolecallHome: string;
  /** For programs that know endpoint variables: Rolecall, the JavaScript SDK. */
  readonly ours: Record<string, string>;
  /** For those that do not: they see AWS's own host names, through a proxy. */
  readonly theirs: Record<string, string>;
}

/** A machine with these files in `.aws`. The sandbox ends with it: call `close`. Its home goes with the test, or when `atEnd` says. */
export async function createMachine(
  files: Readonly<Record<string, string>>,
  options: SandboxOptions = {},
  atEnd?: AtEnd,
): Promise<Machine> {
  const sandbox = await createSandbox(options);
  const home = await temporaryHome(files, atEnd);
  const rolecallHome = join(home, '.rolecall');
  const base = { HOME: home, ROLECALL_HOME: rolecallHome };
  return {
    sandbox,
    home,
    rolecallHome,
    ours: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...base, ...sandbox.env() },
    theirs: { ...(await proxiedEnvironment(sandbox, home)), ...base },
  };
}

/** Debian's `aws`, which has no terminal to ask on. */
export const aws = ({ theirs }: Machine, words: string) => run([DEBIAN_AWS, ...words.split(' ')], theirs);

/** Debian's boto3. */
export const boto3 = ({ theirs }: Machine, script: string, extra: Record<string, string> = {}) =>
  run([DEBIAN_PYTHON, '-c', script], { ...theirs, ...extra });

/** Prints the account that boto3 works in with a profile, so many times. */
export function boto3Account(profile: string, times = 1, pauseSeconds = 0): string {
  return `
import boto3, time
client = boto3.Session(profile_name='${profile}', region_name='ap-northeast-1').client('sts')
for _ in range(${times}):
    print(client.get_caller_identity()['Account'], flush=True)
    time.sleep(${pauseSeconds})
`;
}

/** The JavaScript SDK; in a session of its own it has no terminal either. */
export const jsSdk = ({ ours }: Machine, profile: string, times = 1, pauseMs = 0) =>
  run([process.execPath, JS_CLIENT, profile, String(times), String(pauseMs)], { ...ours, NODE_NO_WARNINGS: '1' });

/** The whole command. */
export const rolecall = ({ ours }: Machine, words: string, onError?: (stderr: string) => void) =>
  run([process.execPath, ROLECALL, ...words.split(' ')], ours, onError === undefined ? {} : { onError });
