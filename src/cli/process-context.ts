import type { Services } from '../core/app/services.ts';
import { BrokerClient } from '../core/broker/broker-client.ts';
import { awsPaths } from '../core/files/aws-paths.ts';
import { helperOrCommand } from '../core/helper/install-helper.ts';
import { commandUse, confirmedUse, type ConfirmedUse } from '../core/helper/command-use.ts';
import { sharedCredentials } from '../core/helper/shared-credentials.ts';
import type { CallContext, PromptPort, Surroundings } from '../core/session/ports.ts';
import { openKeptFiles } from '../core/app/kept-files.ts';
import type { CredentialUse } from '../shared/broker-protocol.ts';
import { appFirst } from './app-first.ts';
import type { CliContext } from './cli-context.ts';
import { COMMAND_FILE, productVersion } from './dist-places.ts';
import { oneLine, terminalText } from './terminal-text.ts';
import { openTerminal } from './terminal-prompt.ts';
import { terminalPrompts } from './terminal-prompts.ts';
import { terminalTurns } from './terminal-turns.ts';
import { workingFolder } from './working-folder.ts';

/** The context of a command that runs as a process of its own. */
export function processContext(
  surroundings: Surroundings,
  signal: AbortSignal,
  json: boolean,
  use: CredentialUse = 'export',
): CliContext {
  const made: { services?: Promise<Services> } = {};
  const note = (text: string): void => void process.stderr.write(`${terminalText(oneLine(text))}\n`);
  const call = (): CallContext => ({
    asker: { program: 'rolecall', pid: process.pid, folder: workingFolder(), parents: [] },
    userAsked: process.stderr.isTTY,
    signal,
  });
  return {
    surroundings,
    version: productVersion(),
    json,
    signal,
    services: () => (made.services ??= buildServices(surroundings, use, note)),
    openByLink: (target, open) => linkUse(surroundings)(target, call(), open),
    out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    note,
    call,
  };
}

function linkUse(surroundings: Surroundings): ConfirmedUse {
  const { env, homeDir, platform } = surroundings;
  const paths = awsPaths(env, homeDir, platform);
  return confirmedUse({ surroundings, paths, prompt: promptsOf(surroundings), use: 'console' });
}

function promptsOf(surroundings: Surroundings): PromptPort {
  const { clock, platform } = surroundings;
  return terminalPrompts(() => openTerminal(platform), clock, terminalTurns(surroundings));
}

async function buildServices(
  surroundings: Surroundings,
  use: CredentialUse,
  note: CliContext['note'],
): Promise<Services> {
  const kept = openKeptFiles(surroundings, ({ message, hint }) => note(`rolecall: ${message} ${hint}`));
  // Marks hold guarded roles as settings do: what is wrong with either is told to who sits there, whoever reads them later.
  const [settings] = await Promise.all([kept.settings.read(), kept.marks.read()]);
  // The use cases are most of the program: help, completion and the guide start without them.
  const [{ createServices }, { createBrowser }] = await Promise.all([
    import('../core/app/create-services.ts'),
    import('../web/open-url.ts'),
  ]);
  const client = new BrokerClient(surroundings);
  const prompt = promptsOf(surroundings);
  return createServices({
    surroundings,
    settings: () => settings,
    prompt,
    browser: createBrowser(surroundings),
    helperPath: await ownHelper(surroundings),
    probeSecretStore: false,
    before: (own, ground) =>
      appFirst(commandUse(sharedCredentials(own, ground), { ...ground, prompt, use }), client, { use }),
  });
}

/** What `credential_process` lines name; put in its place at every start, so that it leads to this very command. */
export function ownHelper({ rolecallHome, platform, log }: Surroundings): Promise<string> {
  return helperOrCommand({ rolecallHome, platform, nodeFile: process.execPath, commandFile: COMMAND_FILE }, log);
}
