import { useEffect, useState } from 'react';
import type { CommandInput, FilePreview } from '../../shared/commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { useShell } from '../shell/shell-context.tsx';

/** A pause, so that a name typed by hand is previewed once and not at every letter. */
const TYPING_PAUSE_MS = 250;

type Wanted = Omit<CommandInput<'addRoleProfile'>, 'preview'>;

/** What writing the profile would do, or why it cannot be written. */
export interface RoleProfilePreview {
  readonly previews: readonly FilePreview[];
  readonly failure: Failure | undefined;
  /** Whether this is of what is wanted now. */
  readonly isCurrent: boolean;
}

/** Previews the profile as it is typed. */
export function useRoleProfilePreview(wanted: Wanted): RoleProfilePreview {
  const { client } = useShell();
  const asked = JSON.stringify(wanted);
  const [answer, setAnswer] = useState<
    { readonly asked: string; readonly previews: readonly FilePreview[]; readonly failure?: Failure } | undefined
  >(undefined);
  const isWhole = wanted.profile !== '' && wanted.roleArn !== '';
  useEffect(() => {
    if (!isWhole) {
      return undefined;
    }
    let current = true;
    const look = async (): Promise<void> => {
      const reply = await client.execute('addRoleProfile', { ...(JSON.parse(asked) as Wanted), preview: true });
      if (current) {
        setAnswer(
          reply.ok ? { asked, previews: reply.value.previews } : { asked, previews: [], failure: reply.failure },
        );
      }
    };
    const timer = setTimeout(() => void look(), TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, asked, isWhole]);
  const isCurrent = isWhole && answer?.asked === asked;
  return {
    previews: isWhole ? (answer?.previews ?? []) : [],
    failure: isCurrent ? answer?.failure : undefined,
    isCurrent,
  };
}
