import type { Clock } from '../../model/clock.ts';
import type { Browsers } from '../../session/ports.ts';
import type { AppState } from '../../../shared/app-state.ts';
import type { CommandName, CommandResult, ParsedCommand } from '../../../shared/commands.ts';
import type { RoleTarget } from '../../../shared/role-target.ts';
import type { AccessWatch } from '../access-watch.ts';
import type { ClipboardKeeper } from '../clipboard-keeper.ts';
import type { Caller } from '../core.ts';
import type { DirectoryRefresher } from '../directory-refresher.ts';
import type { FileLoader } from '../file-loader.ts';
import type { KeptFiles } from '../kept-files.ts';
import type { NoticeBoard } from '../notice-board.ts';
import type { PromptQueue } from '../prompt-queue.ts';
import type { RoleUse } from '../role-use.ts';
import type { Services } from '../services.ts';
import type { Shell } from '../shell.ts';
import type { SignInRunner } from '../sign-in-runner.ts';
import type { StateStore } from '../state-store.ts';

/** All that command handlers work with. */
export interface HandlerContext {
  readonly clock: Clock;
  readonly store: StateStore;
  readonly services: Services;
  readonly shell: Shell;
  readonly prompts: PromptQueue;
  readonly signIns: SignInRunner;
  readonly access: AccessWatch;
  readonly directories: DirectoryRefresher;
  readonly files: FileLoader;
  readonly roles: RoleUse;
  readonly clipboard: ClipboardKeeper;
  readonly notices: NoticeBoard;
  readonly kept: KeptFiles;
  readonly record: (entry: Omit<AppState['activity'][number], 'at'>) => void;
  /** Forgets who used which role. Throws FileFailedError. */
  readonly clearActivity: () => Promise<void>;
  /** Credentials of this target left for the clipboard; they end then. */
  readonly noteCopied: (target: RoleTarget, expiresAt: Date) => void;
  readonly openBrowser: Browsers['open'];
  /** Aborted when the app ends. */
  readonly signal: AbortSignal;
}

/** Carries out one command; throws what went wrong. */
export type Handler<Name extends CommandName> = (
  input: ParsedCommand<Name>,
  caller: Caller,
) => Promise<CommandResult<Name>>;

/** Handlers of some commands. */
export type HandlersOf<Names extends CommandName> = { readonly [Name in Names]: Handler<Name> };

/** One handler for every command there is. */
export type Handlers = HandlersOf<CommandName>;
