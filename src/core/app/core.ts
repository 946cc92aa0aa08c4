import type { Asker, Notice } from '../../shared/app-state.ts';
import type { Reply } from '../../shared/reply.ts';
import type { RoleUse } from './role-use.ts';
import type { Services } from './services.ts';
import type { StateView } from './state-store.ts';

/** Who gives a command: the screen, or a program that speaks for the user. */
export interface Caller {
  readonly asker: Asker;
}

/** What the machine tells: it woke up, was unlocked or locked, the network came or went. */
export type PowerEvent = 'resume' | 'unlock' | 'lock' | 'online' | 'offline';

/** The running product without a screen: Electron's main process and the loopback host each hold one. */
export interface Core {
  readonly state: StateView;
  /** Carries out one command. Never throws: what went wrong is in the reply, and no reply holds a secret. */
  execute(name: unknown, input: unknown, caller: Caller): Promise<Reply<unknown>>;
  /** Reads the files, shows what was kept, then begins to watch, refresh and renew. */
  start(): Promise<void>;
  /** Ends everything under way, empties our clipboard, writes what is unwritten. */
  close(): Promise<void>;
  /** To be called by the shell; all deadlines are looked at again within a second. */
  onPowerEvent(event: PowerEvent): void;
  /** Shows a notice; one of the same id is replaced. */
  notify(notice: Notice): void;
}

/** A core with what those need who serve programs rather than screens. */
export interface ServingCore extends Core {
  readonly services: Services;
  /** The one way to use a role: guards, sign-in, activity. */
  readonly roles: Pick<RoleUse, 'run'>;
  /** Resolves once `start` has read the rules and what they are matched against. Before that nothing is guarded. */
  readonly rulesKnown: Promise<void>;
}
