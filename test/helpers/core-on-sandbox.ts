import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ServingCore } from '../../src/core/app/core.ts';
import { createCore } from '../../src/core/app/create-core.ts';
import { createServices } from '../../src/core/app/create-services.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { CommandInput, CommandName, CommandResult } from '../../src/shared/commands.ts';
import type { Reply } from '../../src/shared/reply.ts';
import { FakeClipboard } from './fake-clipboard.ts';
import { answerInBrowser } from './sandbox.ts';

const asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };

/** The app's whole core in this process, led to a sandbox. */
export interface CoreOnSandbox {
  readonly core: ServingCore;
  readonly clipboard: FakeClipboard;
  /** Every address that was opened, sign-in pages among them. */
  readonly opened: readonly string[];
  readonly log: readonly string[];
  readonly execute: <Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ) => Promise<Reply<CommandResult<Name>>>;
  /** Signs in as a person who allows everything, and waits for the end. */
  signIn(ssoSession: string): Promise<void>;
}

/** Starts it for this home folder. Its browser is a person who allows every sign-in, the first of the organization unless named. */
export async function coreOnSandbox(
  sandbox: Sandbox,
  homeDir: string,
  {
    rolecallHome = join(homeDir, '.rolecall'),
    person,
    keepsSecretsInMemory = true,
  }: { rolecallHome?: string; person?: () => string; keepsSecretsInMemory?: boolean } = {},
): Promise<CoreOnSandbox> {
  const log: string[] = [];
  const opened: string[] = [];
  const clipboard = new FakeClipboard();
  const surroundings = {
    clock: systemClock({ keepAlive: false }),
    env: { ...sandbox.env(), PATH: process.env['PATH'] },
    homeDir,
    platform: 'linux' as const,
    rolecallHome,
    log: (line: string) => void log.push(line),
  };
  const open = async (url: string): Promise<void> => {
    opened.push(url);
    if (url.includes('/authorize')) {
      // Resolves only when the sign-in is over; a browser is open long before.
      void answerInBrowser(url, person === undefined ? {} : { userName: person() });
    }
  };
  const core = await createCore({
    surroundings,
    app: { version: '0.0.0', shell: 'host', sandbox: undefined },
    clipboard,
    shell: { quit: () => {}, openWindow: () => {}, openDemo: async () => {}, showFolder: async () => {} },
    services: (ports) =>
      createServices({
        ...ports,
        surroundings,
        browser: { open: (url) => open(url.reveal()) },
        helperPath: '/opt/rolecall/rolecall',
        probeSecretStore: false,
        keepsSecretsInMemory,
      }),
  });
  await core.start();
  onTestFinished(() => core.close());
  const execute: CoreOnSandbox['execute'] = (name, input) => core.execute(name, input, { asker }) as never;
  return {
    core,
    clipboard,
    opened,
    log,
    execute,
    async signIn(ssoSession) {
      await execute('startSignIn', { ssoSession });
      const access = () => core.state.get().ssoSessions.find(({ id }) => id === ssoSession)?.access.kind;
      await expect.poll(access, { timeout: 10_000 }).toBe('signed-in');
    },
  };
}
