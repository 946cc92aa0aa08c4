import { tmpdir } from 'node:os';
import { helperOrCommand } from '../core/helper/install-helper.ts';
import { createCore } from '../core/app/create-core.ts';
import { createServices } from '../core/app/create-services.ts';
import { processSurroundings } from '../core/app/process-surroundings.ts';
import { serveBroker } from '../core/app/serve-broker.ts';
import type { Core, ServingCore } from '../core/app/core.ts';
import { BrokerClient } from '../core/broker/broker-client.ts';
import type { Surroundings } from '../core/session/ports.ts';
import type { SandboxInfo } from '../shared/app-state.ts';
import type { ShellPorts } from './start-app.ts';

/** What decides what the core works on. */
export interface CoreSetting {
  /** Against the built-in AWS, with a home folder of its own. */
  readonly isSandbox: boolean;
  /** The absolute path of the `rolecall` command, which `credential_process` lines name. */
  readonly commandFile: string;
  readonly log: (line: string) => void;
}

/** Where the app runs: the user's own surroundings, or the demo's. */
interface Stage {
  readonly surroundings: Surroundings;
  readonly sandbox: SandboxInfo | undefined;
  close(): Promise<void>;
}

/**
 * Puts the real core together, and lets the user's programs ask it. Undefined when another process of this user serves them
 * already (the loopback host, say): that one is told to show itself.
 */
export async function makeCore(setting: CoreSetting, ports: ShellPorts): Promise<Core | undefined> {
  const stage = setting.isSandbox ? await openDemoStage(setting) : ownStage(setting);
  try {
    const core = await buildCore(setting, ports, stage);
    const broker = await serveBroker({
      surroundings: stage.surroundings,
      core,
      version: ports.version,
      show: () => ports.shell.openWindow({}),
    });
    if (broker === undefined) {
      await new BrokerClient(stage.surroundings).show(AbortSignal.timeout(5_000));
      await core.close();
      await stage.close();
      return undefined;
    }
    return { ...core, close: () => closeAll([() => broker.close(), () => core.close(), () => stage.close()]) };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

function ownStage({ log }: CoreSetting): Stage {
  return { surroundings: processSurroundings(log), sandbox: undefined, close: async () => {} };
}

async function openDemoStage({ log }: CoreSetting): Promise<Stage> {
  const { openDemo } = await import('../sandbox/open-demo.ts');
  const demo = await openDemo(process.env, tmpdir());
  return {
    surroundings: processSurroundings(log, demo.env, demo.homeDir),
    sandbox: demo.info,
    close: () => demo.close(),
  };
}

async function buildCore(
  setting: CoreSetting,
  ports: ShellPorts,
  { surroundings, sandbox }: Stage,
): Promise<ServingCore> {
  const { rolecallHome, platform } = surroundings;
  const place = { rolecallHome, platform, nodeFile: undefined, commandFile: setting.commandFile };
  const helperPath = await helperOrCommand(place, setting.log);
  return createCore({
    surroundings,
    app: { version: ports.version, shell: 'electron', sandbox },
    clipboard: ports.clipboard,
    shell: ports.shell,
    services: (asked) =>
      createServices({
        ...asked,
        surroundings,
        browser: ports.browser,
        helperPath,
        probeSecretStore: true,
        keepsSecretsInMemory: sandbox !== undefined,
      }),
  });
}

/** Ends one part after the other; one that fails does not keep the others from ending. */
async function closeAll(parts: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of parts) {
    await close().catch(() => undefined);
  }
}
