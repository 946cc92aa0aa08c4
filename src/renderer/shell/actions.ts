import type { AppState, Notice } from '../../shared/app-state.ts';
import type { Client } from '../../shared/client.ts';
import type { CommandInput, CommandName, CommandResult } from '../../shared/commands.ts';
import type { CopyFormat } from '../../shared/copy-format.ts';
import type { Page } from '../../shared/pages.ts';
import type { Failure, Reply } from '../../shared/reply.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { failureText, type Text } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { isolated } from '../model/display-text.ts';
import type { BusyRoles } from '../state/busy-roles.ts';
import type { Cell } from '../state/cell.ts';
import { createSettingsEdits, type SettingsEdits } from '../state/settings-edits.ts';
import type { Toast, Toasts } from '../state/toasts.ts';
import { createSignInIntents } from './sign-in-intents.ts';

/** Where a console opens, when not at its home. */
export type ConsoleOptions = Omit<CommandInput<'openConsole'>, 'target'>;

/** What a person can do from any view; each tells how it went in a toast, none throws. */
export interface Actions {
  readonly openConsole: (entry: RoleEntry, options?: ConsoleOptions) => void;
  readonly copyConsoleLink: (entry: RoleEntry, options?: ConsoleOptions) => void;
  /** In the format used last, or in this one, which is then the one used last. */
  readonly copy: (entry: RoleEntry, format?: CopyFormat) => void;
  readonly renew: (target: RoleTarget) => void;
  readonly forget: (target: RoleTarget) => void;
  readonly setMarks: (key: string, marks: CommandInput<'setMarks'>['marks']) => void;
  readonly signIn: (ssoSession: string, method?: 'browser' | 'device') => void;
  readonly updateSettings: SettingsEdits['make'];
  /** What `updateSettings` changes and the state does not have yet. */
  readonly settingsUnderWay: SettingsEdits['underWay'];
  readonly followNotice: (notice: Notice) => void;
  /** Copies text that is no secret, by the browser's own clipboard. */
  readonly copyPlain: (text: string) => void;
  /** Gives a command; undefined when it failed, which was then told, or when the same is under way: it was pressed twice. */
  readonly run: GiveCommand;
  /** The same, but always anew, as is right for questions and for settings. */
  readonly runAnew: GiveCommand;
}

type GiveCommand = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
) => Promise<CommandResult<Name> | undefined>;

/** What the actions work with. */
export interface ActionTools {
  readonly client: Client;
  readonly state: Cell<AppState | undefined>;
  readonly toasts: Toasts;
  readonly busy: BusyRoles;
  readonly writeClipboard: (text: string) => Promise<void>;
  readonly openPage: (page: Page, subject?: string) => void;
}

/** Makes the actions of a screen. */
export function createActions(tools: ActionTools): Actions {
  const { client, toasts } = tools;
  const fail: RoleTools['fail'] = (failure, action) => {
    if (failure.code !== 'cancelled') {
      toasts.add('error', (text) => failureText(text, failure), action);
    }
  };
  const say: RoleTools['say'] = (words) => toasts.add('ok', words);
  const once = oncePressed(client.execute);
  const valueOf = <Value>(reply: Reply<Value> | undefined): Value | undefined => {
    if (reply?.ok === false) {
      fail(reply.failure);
    }
    return reply?.ok === true ? reply.value : undefined;
  };
  const run: GiveCommand = async (name, input) => valueOf(await once(name, input));
  const runAnew: GiveCommand = async (name, input) => valueOf(await client.execute(name, input));
  const signIn: Actions['signIn'] = (ssoSession, method) => {
    void run('startSignIn', method === undefined ? { ssoSession } : { ssoSession, method });
  };
  const intents = createSignInIntents(tools.state, signIn);
  const { make: update, underWay } = createSettingsEdits(tools.state, (changes) =>
    runAnew('updateSettings', { changes }),
  );
  const roles = roleActions({
    ...tools,
    once,
    run,
    runAnew,
    fail,
    say,
    whenSignedIn: intents.whenSignedIn,
    update,
  });
  return {
    run,
    runAnew,
    signIn,
    updateSettings: update,
    settingsUnderWay: underWay,
    ...roles,
    setMarks: (key, marks) => void runAnew('setMarks', { key, marks }),
    followNotice: (notice) => followNotice(notice, { ...roles, run, signIn, update, openPage: tools.openPage }),
    copyPlain: (plain) => {
      tools.writeClipboard(plain).then(
        () => say(({ t }) => ({ message: t.toast.copiedPlain })),
        (cause: unknown) =>
          toasts.add('error', ({ t }) => ({ message: t.failures['clipboard-failed'], hint: String(cause) })),
      );
    },
  };
}

type GiveOnce = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
) => Promise<Reply<CommandResult<Name>> | undefined>;

/** Leaves out a command that is given while the same is under way. */
function oncePressed(give: Client['execute']): GiveOnce {
  const underWay = new Set<string>();
  return async (name, input) => {
    const press = JSON.stringify([name, input]);
    if (underWay.has(press)) {
      return undefined;
    }
    underWay.add(press);
    return give(name, input).finally(() => underWay.delete(press));
  };
}

interface RoleTools extends ActionTools, Pick<Actions, 'run' | 'runAnew'> {
  /** Tells what went wrong, with a way out where there is one. */
  readonly fail: (failure: Failure, action?: Toast['action']) => void;
  readonly say: (words: Toast['words']) => void;
  readonly once: GiveOnce;
  readonly whenSignedIn: (ssoSession: string | undefined, action: () => void) => void;
  readonly update: Actions['updateSettings'];
}

type RoleActions = Pick<Actions, 'openConsole' | 'copyConsoleLink' | 'copy' | 'renew' | 'forget'>;

function roleActions(tools: RoleTools): RoleActions {
  const { once, run, runAnew, fail, say } = tools;
  const ready = (entry: RoleEntry, action: () => Promise<void>): void =>
    tools.whenSignedIn(entry.account.ssoSession, () => {
      tools.busy.begin([entry.key]);
      void action().finally(() => tools.busy.end([entry.key]));
    });
  const rememberRegion = ({ account }: RoleEntry, { region }: ConsoleOptions): void => {
    if (region !== undefined && region !== tools.state.get()?.marks[account.key]?.region) {
      void runAnew('setMarks', { key: account.key, marks: { region } });
    }
  };
  const open: Actions['openConsole'] = (entry, options = {}) =>
    ready(entry, async () => {
      const reply = await once('openConsole', { target: entry.target, ...options });
      if (reply === undefined) {
        return;
      }
      if (reply.ok) {
        rememberRegion(entry, options);
        say(({ t }) => ({
          message: t.toast.opened(isolated(entry.account.name.shown), isolated(entry.role.shown)),
          hint: reply.value.shown,
        }));
        return;
      }
      const { code } = reply.failure;
      const byOther = (): void => open(entry, { ...options, opener: 'default' });
      const isBrowser = (code === 'browser-gone' || code === 'browser-failed') && options.opener !== 'default';
      fail(reply.failure, isBrowser ? { label: ({ t }) => t.openers.useDefault, run: byOther } : undefined);
    });
  return {
    openConsole: open,
    copyConsoleLink: (entry, options = {}) =>
      ready(entry, async () => {
        const copied = await run('copyConsoleLink', { target: entry.target, ...options });
        if (copied !== undefined) {
          say((text) => ({ message: text.t.toast.copiedLink, hint: clearsHint(text, copied.clearsInSeconds) }));
        }
      }),
    copy: (entry, chosen) =>
      ready(entry, async () => {
        const format = chosen ?? tools.state.get()?.settings.copyFormat ?? 'bash';
        const copied = await run('copyCredentials', { target: entry.target, format });
        if (copied !== undefined) {
          say((text) => ({
            message: text.t.toast.copied(isolated(entry.account.name.shown), text.t.copyFormats[format]),
            hint: clearsHint(text, copied.clearsInSeconds),
          }));
          if (chosen !== undefined && chosen !== tools.state.get()?.settings.copyFormat) {
            tools.update({ copyFormat: chosen });
          }
        }
      }),
    renew: (target) => void renewAndTell(tools, target),
    forget: (target) => void run('forgetCredentials', { target }),
  };
}

/** Says how long the fresh credentials last, and offers to copy them: those copied before still end when they would have. */
async function renewAndTell(tools: RoleTools, target: RoleTarget): Promise<void> {
  const { run, say, toasts, state } = tools;
  const renewed = await run('renewCredentials', { target });
  if (renewed === undefined) {
    return;
  }
  const now = Date.now() + (state.get()?.clockSkewMs ?? 0);
  const seconds = (Date.parse(renewed.expiresAt) - now) / 1000;
  const copy = async (): Promise<void> => {
    const copied = await run('copyCredentials', { target });
    if (copied !== undefined) {
      say((text) => ({ message: text.t.toast.copiedPlain, hint: clearsHint(text, copied.clearsInSeconds) }));
    }
  };
  toasts.add(
    'ok',
    ({ t, format }) => ({
      message: t.longJob.role(format.moment(renewed.expiresAt, now), format.duration(seconds)),
    }),
    { label: ({ t }) => t.common.copy, run: () => void copy() },
  );
}

function clearsHint(text: Text, seconds: number): string {
  return seconds > 0 ? text.t.toast.clipboardClears(text.format.duration(seconds)) : text.t.toast.clipboardStays;
}

interface NoticeTools extends Pick<Actions, 'run' | 'signIn' | 'renew'> {
  readonly update: Actions['updateSettings'];
  readonly openPage: ActionTools['openPage'];
}

/** Does the one thing a notice offers, and puts it away. */
function followNotice(notice: Notice, tools: NoticeTools): void {
  switch (notice.action?.kind) {
    case 'sign-in':
      tools.signIn(notice.action.ssoSession);
      break;
    case 'renew':
      tools.renew(notice.action.target);
      break;
    case 'open-settings':
      tools.openPage('settings', notice.action.subject);
      break;
    case 'open-doctor':
      tools.openPage('doctor');
      break;
    case 'acknowledge-shared-cache':
      tools.update({ sharedCacheNoticeSeen: true });
      break;
    case undefined:
      break;
  }
  void tools.run('dismissNotice', { id: notice.id });
}
