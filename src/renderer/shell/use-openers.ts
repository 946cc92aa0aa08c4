import { useEffect, useState } from 'react';
import type { OpenerChoice } from '../../shared/console-opener.ts';
import { useShell } from './shell-context.tsx';

/** What can be offered before the core has looked. */
const ALWAYS_THERE: readonly OpenerChoice[] = [
  { id: 'default', kind: 'default', browser: undefined, profile: undefined },
  { id: 'multi-session', kind: 'multi-session', browser: undefined, profile: undefined },
];

/** Where consoles can be opened on this machine, as the core finds it each time a view asks; `known` once it has answered. */
export function useOpeners(): { readonly choices: readonly OpenerChoice[]; readonly known: boolean } {
  const { client } = useShell();
  const [found, setFound] = useState<readonly OpenerChoice[]>();
  useEffect(() => {
    let left = false;
    const look = async (): Promise<void> => {
      const reply = await client.execute('listOpeners', {});
      if (reply.ok && !left) {
        setFound(reply.value.openers);
      }
    };
    void look();
    return () => {
      left = true;
    };
  }, [client]);
  return { choices: found ?? ALWAYS_THERE, known: found !== undefined };
}
