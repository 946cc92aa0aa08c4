import { createServices } from '../core/app/create-services.ts';
import type { Services } from '../core/app/services.ts';
import { BrokerClient } from '../core/broker/broker-client.ts';
import type { Surroundings } from '../core/session/ports.ts';
import { openKeptFiles } from '../core/app/kept-files.ts';
import { appFirst } from './app-first.ts';
import type { CliContext } from './cli-context.ts';
import { COMMAND_FILE, productVersion } from './dist-places.ts';
import { oneLine, terminalText } from './terminal-text.ts';
import { openTerminal } from './terminal-prompt.ts';
import { terminalPrompts } from './terminal-prompts.ts';

/** The context of a command that runs as a process of its own. */
export function processContext(surroundings: Surroundings, signal: AbortSignal, json: boolean): CliContext {
  const made: { services?: Promise<Services> } = {};
  return {
    surroundings,
    version: productVersion(),
    json,
    signal,
    services: () => (made.services ??= buildServices(surroundings)),
    out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    note: (text) => void process.stderr.write(`${terminalText(oneLine(text))}\n`),
    call: () => ({
      asker: { program: 'rolecall', pid: process.pid, folder: process.cwd(), parents: [] },
      userAsked: Boolean(process.stderr.isTTY),
      signal,
    }),
  };
}

async function buildServices(surroundings: Surroundings): Promise<Services> {
  const { clock, platform } = surroundings;
  const settings = await openKeptFiles(surroundings).settings.read();
  // Only what opens pages needs the web folder, and most commands open none.
  const { createBrowser } = await import('../web/open-url.ts');
  const client = new BrokerClient(surroundings);
  return createServices({
    surroundings,
    settings: () => settings,
    prompt: terminalPrompts(() => openTerminal(platform), clock),
    browser: createBrowser(surroundings),
    helperPath: COMMAND_FILE,
    probeSecretStore: false,
    before: (own) => appFirst(own, client, { use: 'export' }),
  });
}
