import { useEffect, useState } from 'react';
import type { Client } from '../../shared/client.ts';
import type { MfaDeviceFact } from '../../shared/member-commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { useShell } from '../shell/shell-context.tsx';

/** The MFA devices of the user behind a profile, as AWS has them. Asks for no code. */
export interface DevicesView {
  /** Undefined as long as they are not known. */
  readonly devices: readonly MfaDeviceFact[] | undefined;
  readonly failure: Failure | undefined;
  readonly reload: () => void;
}

interface Answer {
  readonly profile: string;
  readonly devices: readonly MfaDeviceFact[] | undefined;
  readonly failure: Failure | undefined;
}

/** Asks AWS when `profile` changes, and on `reload`. */
export function useDevices(profile: string | undefined): DevicesView {
  const { client } = useShell();
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      if (profile !== undefined) {
        setAnswer(await readDevices(client, profile));
      }
    };
    void ask();
  }, [client, profile]);
  const reload = async (): Promise<void> => {
    if (profile !== undefined) {
      setAnswer(await readDevices(client, profile));
    }
  };
  // An answer about another profile, come late, is nobody's.
  const own = answer?.profile === profile ? answer : undefined;
  return { devices: own?.devices, failure: own?.failure, reload: () => void reload() };
}

async function readDevices(client: Client, profile: string): Promise<Answer> {
  const reply = await client.execute('listMfaDevices', { profile });
  return reply.ok
    ? { profile, devices: reply.value.devices, failure: undefined }
    : { profile, devices: undefined, failure: reply.failure };
}
