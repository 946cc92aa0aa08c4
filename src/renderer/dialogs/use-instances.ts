import { useEffect, useState } from 'react';
import type { InstanceList, ManagedInstance } from '../../shared/instances.ts';
import type { Reply } from '../../shared/reply.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { firstRegion, instancesMatching } from '../model/instances.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';

/** The instances of a region, as far as they are known and fit what was typed. */
export interface InstancePicker {
  readonly region: string;
  readonly setRegion: (region: string) => void;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Undefined while it is asked for. */
  readonly reply: Reply<InstanceList> | undefined;
  readonly askAgain: () => void;
  readonly shown: readonly ManagedInstance[];
  /** How many fit besides those shown. */
  readonly more: number;
  readonly activeIndex: number;
  readonly setActive: (index: number) => void;
}

/** More would be a list that nobody reads to its end; the filter finds the rest. */
const MOST_SHOWN = 200;

/** Asks for the instances of the chosen region, and again when another is chosen; a late answer for one left behind is dropped. */
export function useInstances({ target, account, profile }: RoleEntry): InstancePicker {
  const { client } = useShell();
  const lastRegion = useAppState((state) => state.marks[account.key]?.region);
  const consoleRegion = useAppState((state) => state.settings.consoleRegion);
  const ssoRegion = useAppState((state) => state.ssoSessions.find(({ id }) => id === account.ssoSession)?.region);
  // What is chosen stays, whatever consoles open at meanwhile.
  const [region, setRegion] = useState(() => firstRegion({ profile }, lastRegion, consoleRegion, ssoRegion));
  const [times, setTimes] = useState(0);
  const [answer, setAnswer] = useState<{ readonly to: string; readonly reply: Reply<InstanceList> }>();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const question = `${times} ${region}`;
  useEffect(() => {
    let current = true;
    if (region !== '') {
      void client
        .execute('listInstances', { target, region })
        .then((reply) => current && setAnswer({ to: question, reply }));
    }
    return () => {
      current = false;
    };
  }, [client, target, region, question]);
  const reply = answer?.to === question ? answer.reply : undefined;
  const fitting = reply?.ok === true ? instancesMatching(query, reply.value.instances) : [];
  const shown = fitting.slice(0, MOST_SHOWN);
  const fromTop = (change: () => void): void => {
    change();
    setActive(0);
  };
  return {
    region,
    setRegion: (next) => fromTop(() => setRegion(next)),
    query,
    setQuery: (next) => fromTop(() => setQuery(next)),
    reply,
    askAgain: () => setTimes(times + 1),
    shown,
    more: fitting.length - shown.length,
    activeIndex: Math.max(0, Math.min(active, shown.length - 1)),
    setActive,
  };
}
