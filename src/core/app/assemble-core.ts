import type { PromptPort } from '../session/ports.ts';
import { AccessWatch, SIGNED_OUT_PREFIX } from './access-watch.ts';
import type { ActivityRecorder } from './activity-recorder.ts';
import { Background, type BackgroundParts } from './background.ts';
import { ClipboardKeeper } from './clipboard-keeper.ts';
import { Connectivity } from './connectivity.ts';
import { signInPlace } from './console-place.ts';
import type { CoreOptions } from './create-core.ts';
import { DirectoryRefresher } from './directory-refresher.ts';
import { FileLoader } from './file-loader.ts';
import type { HandlerContext } from './handlers/handler.ts';
import type { KeptFiles } from './kept-files.ts';
import type { NoticeBoard } from './notice-board.ts';
import type { PromptQueue } from './prompt-queue.ts';
import { RoleUse } from './role-use.ts';
import type { Services } from './services.ts';
import { SignInRunner } from './sign-in-runner.ts';
import type { StateStore } from './state-store.ts';

/** What there is before the parts that depend on one another. */
export interface CoreBase {
  readonly store: StateStore;
  readonly prompts: PromptQueue;
  /** Where questions go: to those prompts, unless nobody sees them. */
  readonly asking: PromptPort;
  readonly services: Services;
  readonly kept: KeptFiles;
  readonly recorder: ActivityRecorder;
  readonly notices: NoticeBoard;
  /** Aborted when the app ends. */
  readonly signal: AbortSignal;
}

/** Makes the parts of the core and joins them. */
export function assembleCore(
  options: CoreOptions,
  base: CoreBase,
): { context: HandlerContext; background: Background } {
  const { store, services, prompts, kept, notices, signal } = base;
  const connectivity = new Connectivity(store);
  const refreshAccess = (ssoSession: string): Promise<void> => access.refresh(ssoSession);
  const directories = new DirectoryRefresher({
    store,
    directory: services.directory,
    connectivity,
    refreshAccess,
    signal,
  });
  const clipboard = new ClipboardKeeper(options.clipboard, options.surroundings.clock);
  const access = watchOf(options, base, {
    connectivity,
    directories,
    clipboard,
    settleSignIn: (ssoSession) => signIns.settle(ssoSession),
  });
  const record: HandlerContext['record'] = (entry) => base.recorder.record(entry);
  const openBrowser: HandlerContext['openBrowser'] = (url, place) => services.browser.open(url, place);
  const signIns = new SignInRunner({
    store,
    ssoSessions: services.ssoSessions,
    onSignedIn: refreshAccess,
    openBrowser: (url, ssoSession) => openBrowser(url, signInPlace(ssoSession, store.get().settings)),
    record,
  });
  // Again, here or by another program, and perhaps as somebody else: the list is of whoever that was.
  services.ssoSessions.onNewSignIn((ssoSession) => directories.refreshSoon(ssoSession));
  const context: HandlerContext = {
    store,
    services,
    prompts,
    kept,
    signal,
    access,
    directories,
    signIns,
    notices,
    record,
    clearActivity: () => base.recorder.clear(),
    openBrowser,
    clock: options.surroundings.clock,
    shell: options.shell,
    files: loaderOf(base),
    roles: new RoleUse({
      store,
      prompts: base.asking,
      userWaitsFor: (mfaSerials) => prompts.userWaitsFor(mfaSerials),
      signIns,
      connectivity,
      record,
      refreshAccess,
      clock: options.surroundings.clock,
    }),
    clipboard,
    noteCopied: (target, expiresAt) => background.noteCopied(target, expiresAt),
  };
  const background = new Background({ ...context, clock: options.surroundings.clock, connectivity });
  return { context, background };
}

function watchOf(
  { surroundings }: CoreOptions,
  { store, services, prompts, notices, signal }: CoreBase,
  {
    connectivity,
    directories,
    clipboard,
    settleSignIn,
  }: Pick<BackgroundParts, 'connectivity' | 'directories' | 'clipboard'> & {
    readonly settleSignIn: (ssoSession: string) => void;
  },
): AccessWatch {
  return new AccessWatch({
    store,
    ssoSessions: services.ssoSessions,
    connectivity,
    awsNow: () => services.awsClock.now(),
    signal,
    log: surroundings.log,
    notify: (notice) => notices.show(notice),
    onSignedIn(ssoSession) {
      notices.withdraw(`${SIGNED_OUT_PREFIX}${ssoSession}`);
      settleSignIn(ssoSession);
      prompts.settleSignIn(ssoSession);
      directories.refreshSoon(ssoSession);
    },
    onSignedOut(ssoSession) {
      // By a command of ours or the AWS CLI's: who signs out there has signed out here, also of what is in this process's memory.
      services.credentials.forgetSsoSession(ssoSession);
      void clipboard.clear();
    },
  });
}

function loaderOf({ store, services }: CoreBase): FileLoader {
  const { profiles, tokenModeOf } = services;
  return new FileLoader({ store, profiles, files: profiles.paths, modeOf: tokenModeOf });
}
