import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { AppState, PromptState } from '../../src/shared/app-state.ts';
import type { CommandInput, CommandName, CommandResult } from '../../src/shared/commands.ts';
import type { Reply } from '../../src/shared/reply.ts';
import { unpackMessage, type SentMessage } from '../../src/shared/sent-message.ts';
import { applyStateMessage, type StateMessage } from '../../src/shared/state-message.ts';
import { ROLECALL } from './rolecall-command.ts';
import type { AtEnd } from './sandbox-programs.ts';
import { answerInBrowser } from './sandbox.ts';

const START_MS = 30_000;

/** A `rolecall host` in a process of its own, used through its HTTP interface as its page uses it. */
export interface RunningApp {
  readonly pid: number;
  /** The quick helper that it put in its place. */
  readonly helper: string;
  /** Every prompt that was ever shown, once each. */
  readonly prompts: readonly PromptState[];
  state(): AppState;
  /** Throws where the reply is a failure. */
  command<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  /** Waits for the prompt that is shown first to be of this kind. */
  prompt<Kind extends PromptState['kind']>(kind: Kind): Promise<Extract<PromptState, { kind: Kind }>>;
  /** The addresses that the user's browser was opened with so far. */
  openedPages(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * Starts the app. A program of ours stands for the browser: it follows our own redirect, and a person who clicks "Allow" answers each
 * page. `env` needs HOME and ROLECALL_HOME. `onLog` gets what it writes on stderr; without it that goes to the terminal.
 */
export async function startApp(
  env: Readonly<Record<string, string>>,
  onLog?: (text: string) => void,
  atEnd: AtEnd = onTestFinished,
): Promise<RunningApp> {
  const host = await startHost(env, onLog, atEnd);
  const clicking = answerPages(host.openedPages);
  atEnd(() => clicking.stop());
  const page = await openPage(host.address);
  return {
    pid: host.pid,
    helper: host.helper,
    prompts: page.prompts,
    state: page.state,
    command: page.command,
    async prompt(kind) {
      await vi.waitFor(() => expect(page.state().prompts[0]?.kind).toBe(kind), { timeout: START_MS, interval: 20 });
      const [first] = page.state().prompts;
      return first as Extract<PromptState, { kind: typeof kind }>;
    },
    openedPages: host.openedPages,
    stop: host.stop,
  };
}

/** The process of a `rolecall host`, whose page nobody has opened yet. */
export interface HostProcess {
  readonly pid: number;
  readonly helper: string;
  /** Of its page; good once. */
  readonly address: string;
  /** The addresses that the user's browser was opened with so far. */
  openedPages(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts the host alone, as `startApp` does: who opens its page, and clicks on AWS's, is up to the test. */
export async function startHost(
  env: Readonly<Record<string, string>>,
  onLog?: (text: string) => void,
  atEnd: AtEnd = onTestFinished,
): Promise<HostProcess> {
  const home = env['HOME'] ?? '';
  const pages = join(home, 'opened-pages');
  const child = spawn(process.execPath, [ROLECALL, 'host', '--no-open'], {
    env: { PATH: process.env['PATH'], ...env, BROWSER: await standInBrowser(home, pages) },
    stdio: ['ignore', 'pipe', onLog === undefined ? 'inherit' : 'pipe'],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onLog?.(text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const address = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#b=\S+/.exec(text)?.[0];
      if (found !== undefined) {
        resolve(found);
      }
    });
    child.once('close', () => reject(new Error(`the app ended before it was open: ${text}`)));
  });
  atEnd(stop);
  return {
    pid: child.pid ?? 0,
    helper: join(env['ROLECALL_HOME'] ?? '', 'bin', 'rolecall'),
    address: await address,
    openedPages: () => linesOf(pages),
    stop,
  };
}

/** What the page does: swaps its code for a key, follows the state, gives commands. */
async function openPage(address: string) {
  const { origin, hash } = new URL(address);
  const post = (path: string, body: unknown, key?: string): Promise<Response> =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        origin,
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
    });
  const { token } = (await (await post('/api/bootstrap', { code: hash.slice('#b='.length) })).json()) as {
    token: string;
  };
  const events = await post('/api/events', {}, token);
  const shown = { state: undefined as AppState | undefined };
  const prompts: PromptState[] = [];
  void follow(events, (message) => {
    shown.state =
      message.kind === 'snapshot' || shown.state === undefined
        ? (message as Extract<StateMessage, { kind: 'snapshot' }>).state
        : applyStateMessage(shown.state, message);
    for (const prompt of shown.state.prompts) {
      const at = prompts.findIndex(({ id }) => id === prompt.id);
      prompts.splice(at < 0 ? prompts.length : at, 1, prompt);
    }
  });
  await vi.waitFor(() => expect(shown.state).toBeDefined(), { timeout: START_MS });
  return {
    prompts,
    state(): AppState {
      if (shown.state === undefined) {
        throw new Error('the app has shown nothing yet');
      }
      return shown.state;
    },
    async command<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>> {
      const reply = (await (await post('/api/command', { name, input }, token)).json()) as Reply<CommandResult<Name>>;
      if (!reply.ok) {
        throw new Error(`${name}: ${reply.failure.code}: ${reply.failure.message} ${reply.failure.hint}`);
      }
      return reply.value;
    },
  };
}

async function follow(response: Response, onMessage: (message: StateMessage) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each !== '')) {
        onMessage(unpackMessage(JSON.parse(line) as SentMessage));
      }
    }
  } catch {
    // The app has ended, and with it the stream.
  }
}

/** Notes where a browser would have ended up. */
async function standInBrowser(home: string, pages: string): Promise<string> {
  const program = join(home, 'browser.sh');
  await mkdir(home, { recursive: true });
  await writeFile(
    program,
    `#!/bin/sh\nexec curl -q -s -L --noproxy '*' -o /dev/null -w '%{url_effective}\\n' "$1" >>'${pages}'\n`,
  );
  await chmod(program, 0o700);
  return program;
}

/** Clicks "Allow" on each page once. */
function answerPages(openedPages: HostProcess['openedPages']): { stop(): void } {
  let answered = 0;
  const timer = setInterval(() => {
    void openedPages().then((lines) => {
      const fresh = lines.slice(answered);
      answered = lines.length;
      fresh.forEach((url) => void answerInBrowser(url).catch(() => undefined));
    });
  }, 50);
  return { stop: () => clearInterval(timer) };
}

async function linesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
