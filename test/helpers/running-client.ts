import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  calledOf,
  clientCommand,
  clientEnvironment,
  type Called,
  type ClientName,
  type ClientPlace,
} from './aws-clients.ts';
import type { Machine } from './aws-programs.ts';
import type { AtEnd } from './sandbox-programs.ts';

/** A program that goes on: it calls AWS each time that it is told to. */
export interface RunningClient {
  readonly name: ClientName;
  call(): Promise<Called>;
}

/** Starts a client, behind the words of `before` where given, with no terminal. It is ended with all that it started. */
export async function startClient(
  name: ClientName,
  machine: Machine,
  use: ClientPlace & { readonly profile: string; readonly before?: readonly string[] },
  atEnd: AtEnd,
): Promise<RunningClient> {
  const [program = '', ...args] = [...(use.before ?? []), ...clientCommand(name, use.profile, 'lines')];
  const env = await clientEnvironment(name, machine, use);
  const child = spawn(program, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  atEnd(async () => {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
  });
  return {
    name,
    async call() {
      child.stdin.write('go\n');
      const line = await said.next();
      return line.done === true ? { failed: `ended: ${stderr}` } : calledOf({ code: 0, stdout: line.value, stderr });
    },
  };
}
