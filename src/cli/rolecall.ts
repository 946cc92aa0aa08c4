#!/usr/bin/env node
import { toFailure, CancelledError } from '../core/model/errors.ts';
import { createRedactor } from '../core/model/redact.ts';
import { processSurroundings } from '../core/app/process-surroundings.ts';
import { ALL_COMMANDS } from './commands/all.ts';
import { exitCodeFor } from './exit-codes.ts';
import { main } from './main.ts';
import { processContext } from './process-context.ts';

/** Runs the command line of this process and resolves to its exit code. */
async function runProcess(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort(new CancelledError('The command')));
  }
  // Unheard, Node takes it for a wish to be debugged, and opens a port from which every user of the machine can read its memory.
  process.on('SIGUSR1', () => {});
  const fail = (line: string): void => void process.stderr.write(`${line}\n`);
  const redactor = createRedactor();
  const isVerbose = process.env['ROLECALL_LOG'] === '1';
  const log = (line: string): void => (isVerbose ? void process.stderr.write(`${redactor.redact(line)}\n`) : undefined);
  try {
    const surroundings = processSurroundings(log);
    return await main({
      specs: ALL_COMMANDS,
      words: process.argv.slice(2),
      context: (json) => processContext(surroundings, stop.signal, json),
      fail,
    });
  } catch (error) {
    const { code, message, hint } = toFailure(error);
    fail(`rolecall: ${message} ${hint}`);
    return exitCodeFor(code);
  }
}

/** Resolves when all that was written has left: on some systems pipes are written behind, and ending would cut them. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

const code = await runProcess();
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Kept connections and the keyring's helper would hold the process for seconds; all that had to be written is written.
process.exit(code);
