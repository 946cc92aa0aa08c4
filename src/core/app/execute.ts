import * as v from 'valibot';
import { errorTrace } from '../model/error-trace.ts';
import { BadInputError, toFailure } from '../model/errors.ts';
import { commandInputs, isCommandName, type CommandName } from '../../shared/commands.ts';
import type { Reply } from '../../shared/reply.ts';
import { holdsSecret } from './holds-secret.ts';
import type { Caller } from './core.ts';
import type { Handlers } from './handlers/handler.ts';

/** The one door for commands: whatever comes is parsed by the table of commands, and what went wrong becomes a failure. */
export function createExecute(
  handlers: Handlers,
  log: (line: string) => void,
): (name: unknown, input: unknown, caller: Caller) => Promise<Reply<unknown>> {
  return async (name, input, caller) => {
    try {
      if (!isCommandName(name)) {
        throw new BadInputError('There is no such command.', 'Update Rolecall; the screen may be newer than the rest.');
      }
      const value = await run(handlers, name, input, caller);
      if (holdsSecret(value)) {
        throw new Error(`the reply to ${name} holds a secret`);
      }
      return { ok: true, value };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'internal') {
        log(`${isCommandName(name) ? name : 'command'} failed: ${errorTrace(error)}`);
      }
      return { ok: false, failure };
    }
  };
}

function run(handlers: Handlers, name: CommandName, input: unknown, caller: Caller): Promise<unknown> {
  const parsed = v.safeParse(commandInputs[name], input);
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? 'input';
    throw new BadInputError(
      `The command ${name} was given something it cannot use (${where}).`,
      'Correct it and try again.',
    );
  }
  // One table names inputs and handlers alike; TypeScript cannot follow one name through both lookups.
  const handler = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>;
  return handler(parsed.output, caller);
}
