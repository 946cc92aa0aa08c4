import { tmpdir } from 'node:os';
import { createCore } from '../core/app/create-core.ts';
import { createServices } from '../core/app/create-services.ts';
import { keepMemorySmall } from '../core/app/small-memory.ts';
import { processSurroundings } from '../core/app/process-surroundings.ts';
import { serveBroker } from '../core/app/serve-broker.ts';
import { BrokerClient } from '../core/broker/broker-client.ts';
import { NoScreenError } from '../core/broker/errors.ts';
import type { Broker } from '../core/broker/start-broker.ts';
import type { ServingCore } from '../core/app/core.ts';
import type { Shell } from '../core/app/shell.ts';
import type { Surroundings } from '../core/session/ports.ts';
import type { SandboxInfo } from '../shared/app-state.ts';
import type { Host } from '../web/start-host.ts';
import type { CliContext } from './cli-context.ts';
import { demoBeside } from './demo-beside.ts';
import { RENDERER_DIR } from './dist-places.ts';
import { ownHelper } from './process-context.ts';

/** How to run the app in this process. */
export interface AppHostOptions {
  /** Undefined: no screen, only the broker. */
  readonly screen: { readonly open: boolean; readonly port: number } | undefined;
  readonly isSandbox: boolean;
  /** Called with how to show one more window, once the screen is open. */
  readonly onOpen?: (show: () => void) => void;
}

/** Where it runs: the user's own surroundings, or the demo's. */
interface Stage {
  readonly surroundings: Surroundings;
  readonly sandbox: SandboxInfo | undefined;
  close(): Promise<void>;
}

/** Runs the app until it is told to end. Where it runs already, that one shows itself and this one ends. */
export async function openAppHost(context: CliContext, options: AppHostOptions): Promise<void> {
  keepMemorySmall();
  const stage = options.isSandbox ? await openDemoStage(context) : ownStage(context.surroundings);
  try {
    await runApp(context, options, stage);
  } finally {
    await stage.close();
  }
}

function ownStage(surroundings: Surroundings): Stage {
  return { surroundings, sandbox: undefined, close: async () => {} };
}

async function openDemoStage(context: CliContext): Promise<Stage> {
  const { openDemo } = await import('../sandbox/open-demo.ts');
  const demo = await openDemo(context.surroundings.env, tmpdir());
  const surroundings = processSurroundings(context.surroundings.log, demo.env, demo.homeDir);
  context.out(
    `This is a demo: an AWS of its own on this machine, and a home folder of its own. Nothing of yours is touched.`,
  );
  context.out(`To use it in another terminal: ${demo.terminalHint}`);
  return { surroundings, sandbox: demo.info, close: () => demo.close() };
}

async function runApp(context: CliContext, options: AppHostOptions, { surroundings, sandbox }: Stage): Promise<void> {
  const ending = endOf(context.signal);
  const shown: { host?: Host } = {};
  const demo = demoBeside(
    (signal, onOpen) =>
      openAppHost({ ...context, signal }, { screen: { open: true, port: 0 }, isSandbox: true, onOpen }),
    context.signal,
  );
  const isUnseen = options.screen === undefined;
  const core = await buildCore(
    context,
    { surroundings, sandbox, isUnseen },
    {
      quit: ending.end,
      openWindow: (where) => void shown.host?.openWindow(where),
      openDemo: () => demo.open(),
    },
  );
  const broker = await serveBroker({
    surroundings,
    core,
    version: context.version,
    show() {
      if (isUnseen) {
        throw new NoScreenError();
      }
      void shown.host?.openWindow();
    },
  });
  if (broker === undefined) {
    await core.close();
    await leaveToOther(context, options, surroundings);
    return;
  }
  try {
    await core.start();
    await serve(context, options, { surroundings, core, shown, ended: ending.ended });
  } finally {
    await demo.close();
    await closeAll(core, broker, shown.host);
  }
}

/** One runs already: who wants a screen gets that one's; an agent has nothing to do. Throws what the other one answers. */
async function leaveToOther(
  context: CliContext,
  { screen }: AppHostOptions,
  surroundings: Surroundings,
): Promise<void> {
  const client = new BrokerClient(surroundings);
  if (screen === undefined) {
    const { pid } = await client.status(context.signal);
    context.out(`Rolecall serves your programs already (process ${pid}).`);
    return;
  }
  await client.show(context.signal);
  context.out('Rolecall is running already; it shows itself.');
}

interface Serving {
  readonly surroundings: Surroundings;
  readonly core: ServingCore;
  readonly shown: { host?: Host };
  readonly ended: Promise<void>;
}

async function serve(
  context: CliContext,
  options: AppHostOptions,
  { surroundings, core, shown, ended }: Serving,
): Promise<void> {
  if (options.screen === undefined) {
    context.out('Rolecall serves credentials to your programs. Ctrl-C ends it.');
  } else {
    const { startHost } = await import('../web/start-host.ts');
    const { open, port } = options.screen;
    shown.host = await startHost({
      surroundings,
      core,
      port,
      open,
      assetsDir: RENDERER_DIR,
      print: (line) => context.out(line),
    });
    options.onOpen?.(() => void shown.host?.openWindow());
    context.out('Rolecall is open. Ctrl-C ends it.');
  }
  await ended;
}

async function closeAll(core: ServingCore, broker: Broker, host: Host | undefined): Promise<void> {
  await host?.close();
  await broker.close();
  await core.close();
}

async function buildCore(
  context: CliContext,
  { surroundings, sandbox, isUnseen }: Pick<Stage, 'surroundings' | 'sandbox'> & { readonly isUnseen: boolean },
  shell: Omit<Shell, 'showFolder'>,
): Promise<ServingCore> {
  const [{ createClipboard }, { createBrowser }, { showFolder }, helperPath] = await Promise.all([
    import('../web/system-clipboard.ts'),
    import('../web/open-url.ts'),
    import('../web/show-folder.ts'),
    ownHelper(surroundings),
  ]);
  return createCore({
    surroundings,
    app: { version: context.version, shell: 'host', sandbox },
    clipboard: createClipboard(surroundings),
    shell: { ...shell, showFolder: (folder) => showFolder(surroundings, folder) },
    isUnseen,
    services: (ports) =>
      createServices({
        ...ports,
        surroundings,
        browser: createBrowser(surroundings),
        helperPath,
        probeSecretStore: true,
        keepsSecretsInMemory: sandbox !== undefined,
      }),
  });
}

/** Ends by the user's word in the screen, or by a signal to this process. */
function endOf(signal: AbortSignal): { readonly ended: Promise<void>; readonly end: () => void } {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const ended = new Promise<void>((resolve) => {
    either.addEventListener('abort', () => resolve(), { once: true });
    // It may have come while the demo was opened, and is not told again.
    if (either.aborted) {
      resolve();
    }
  });
  return { ended, end: () => ending.abort() };
}
