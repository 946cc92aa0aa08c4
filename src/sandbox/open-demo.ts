import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO } from './demo-facts.ts';
import { createSandbox } from './create-sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { seedHome } from './seed-home.ts';
import type { SandboxInfo } from '../shared/app-state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A demo that runs: an AWS of its own, a home folder of its own. */
export interface Demo {
  readonly sandbox: Sandbox;
  /** The user's environment without anything of AWS's or ours, led to the sandbox. */
  readonly env: Environment;
  readonly homeDir: string;
  readonly rolecallHome: string;
  readonly info: SandboxInfo;
  /** What to type in another terminal so that AWS tools there see the demo. */
  readonly terminalHint: string;
  /** Ends the sandbox and removes the demo's folder. */
  close(): Promise<void>;
}

/** Variables of the user's that would lead the demo to their files, accounts or proxies. */
const NOT_THE_DEMOS = /^(AWS_|ROLECALL_|HTTPS?_PROXY$|NO_PROXY$|ALL_PROXY$)/i;
/** Ours that only say how this machine opens and copies things. */
const OF_THE_MACHINE = new Set(['ROLECALL_CLIPBOARD']);

/** What leads `aws`, SDKs and `rolecall` in another terminal to the demo, and to nothing of the user's. */
function terminalHint(homeDir: string, rolecallHome: string, url: string): string {
  const settings = [
    `HOME='${homeDir}'`,
    `ROLECALL_HOME='${rolecallHome}'`,
    `AWS_ENDPOINT_URL='${url}'`,
    `ROLECALL_SIGNIN_ENDPOINT='${url}'`,
  ];
  return `unset AWS_PROFILE AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE; export ${settings.join(' ')}`;
}

/** Starts the demo in a fresh folder below `parentFolder`. Nothing of the user's is read or written. */
export async function openDemo(env: Environment, parentFolder: string): Promise<Demo> {
  const sandbox = await createSandbox();
  const homeDir = await mkdtemp(join(parentFolder, 'rolecall-demo-'));
  await seedHome(homeDir, { ssoSession: false, strictUser: true });
  const rolecallHome = join(homeDir, '.rolecall');
  const led = {
    ...sandbox.env(),
    AWS_CONFIG_FILE: join(homeDir, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(homeDir, '.aws', 'credentials'),
  };
  const machine = Object.entries(env).filter(([name]) => OF_THE_MACHINE.has(name) || !NOT_THE_DEMOS.test(name));
  return {
    sandbox,
    env: { ...Object.fromEntries(machine), ...led, ROLECALL_HOME: rolecallHome },
    homeDir,
    rolecallHome,
    info: { startUrl: sandbox.startUrl, region: DEMO.region, phoneUrl: `${sandbox.url}/phone` },
    terminalHint: terminalHint(homeDir, rolecallHome, sandbox.url),
    async close() {
      await sandbox.close();
      await rm(homeDir, { recursive: true, force: true });
    },
  };
}
