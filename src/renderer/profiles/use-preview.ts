import { useEffect, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandResult } from '../../shared/commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { useShell } from '../shell/shell-context.tsx';

/** A pause, so that what is typed by hand is asked for once and not at every letter. */
const TYPING_PAUSE_MS = 250;

/** What a command answers to what is wanted now; while that is under way, what it answered last. */
export interface Preview<Value> {
  readonly value: Value | undefined;
  /** The input that `value` answers, as JSON. */
  readonly answered: string | undefined;
  readonly failure: Failure | undefined;
  /** Whether it is the answer to what is wanted now. */
  readonly isCurrent: boolean;
}

/** Asks a command that changes nothing, again whenever its input or `basis` changes; undefined asks nothing. */
export function usePreview<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name> | undefined,
  basis?: unknown,
): Preview<CommandResult<Name>> {
  const { client } = useShell();
  const asked = input === undefined ? undefined : JSON.stringify(input);
  const [answer, setAnswer] = useState<
    | {
        readonly asked: string;
        readonly basis: unknown;
        readonly value?: CommandResult<Name>;
        readonly answered?: string;
        readonly failure?: Failure;
      }
    | undefined
  >(undefined);
  const hasAnswer = useRef(false);
  useEffect(() => {
    if (asked === undefined) {
      return undefined;
    }
    let current = true;
    const look = async (): Promise<void> => {
      const reply = await client.execute(name, JSON.parse(asked) as CommandInput<Name>);
      if (current) {
        hasAnswer.current = true;
        setAnswer((last) =>
          reply.ok
            ? { asked, basis, value: reply.value, answered: asked }
            : { ...last, asked, basis, failure: reply.failure },
        );
      }
    };
    const timer = setTimeout(() => void look(), hasAnswer.current ? TYPING_PAUSE_MS : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, name, asked, basis]);
  const isCurrent = asked !== undefined && answer?.asked === asked && answer.basis === basis;
  return {
    value: answer?.value,
    answered: answer?.answered,
    failure: isCurrent ? answer.failure : undefined,
    isCurrent,
  };
}
