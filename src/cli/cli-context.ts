import type { Services } from '../core/app/services.ts';
import type { Surroundings, CallContext } from '../core/session/ports.ts';
import type { RoleTarget } from '../shared/role-target.ts';

/** What every command is given: the use cases, and where to write. */
export interface CliContext {
  readonly surroundings: Surroundings;
  readonly version: string;
  /** Built on first use, so that `help` costs nothing. */
  services(): Promise<Services>;
  /** Opens a console that takes no credentials: guarded roles are confirmed and it is noted, as where credentials are taken. */
  openByLink<Value>(target: RoleTarget, open: () => Promise<Value>): Promise<Value>;
  /** One or more lines on stdout: the result. */
  out(text: string): void;
  /** One line on stderr: what goes on meanwhile. */
  note(text: string): void;
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** Who asks: this command, with its own pid and folder. */
  call(): CallContext;
}
