import { useCallback, useState } from 'react';
import type { CommandInput, CommandName, CommandResult } from '../../shared/commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { useShell } from './shell-context.tsx';

/** Commands given from one place of a page, whose failures are told at that place. */
export interface CommandRun {
  readonly busy: boolean;
  /** Why the last one did not happen. What the user cancelled is no failure. */
  readonly failure: Failure | undefined;
  /** Gives a command; undefined when it failed. */
  readonly run: <Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ) => Promise<CommandResult<Name> | undefined>;
  readonly clear: () => void;
}

/** Keeps whether a command is under way here, and how the last one failed. */
export function useCommand(): CommandRun {
  const { client } = useShell();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const run: CommandRun['run'] = useCallback(
    async (name, input) => {
      setBusy(true);
      setFailure(undefined);
      const reply = await client.execute(name, input);
      setBusy(false);
      if (reply.ok) {
        return reply.value;
      }
      setFailure(reply.failure.code === 'cancelled' ? undefined : reply.failure);
      return undefined;
    },
    [client],
  );
  const clear = useCallback(() => setFailure(undefined), []);
  return { busy, failure, run, clear };
}
