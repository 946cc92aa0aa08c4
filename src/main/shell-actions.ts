import type { Core } from '../core/app/core.ts';
import type { Notice } from '../shared/app-state.ts';
import type { CommandInput, CommandName, CommandResult } from '../shared/commands.ts';
import type { Reply } from '../shared/reply.ts';
import { targetKey, type RoleTarget } from '../shared/role-target.ts';
import { OWN_SCREEN } from './ipc.ts';
import type { WindowTarget } from './main-window.ts';
import type { Notifier } from './notifications.ts';
import { targetName } from './target-names.ts';
import { copyFormatName, type Texts } from './texts.ts';
import { awsNowMs, formatRemaining, remainingMs } from './time-left.ts';
import type { TrayAction } from './tray-menu.ts';

/** What clicks outside our pages reach. */
export interface ActionParts {
  readonly core: Pick<Core, 'execute' | 'notify' | 'state'>;
  readonly notifier: Notifier;
  readonly texts: () => Texts;
  readonly now: () => Date;
  readonly openWindow: (where?: WindowTarget) => void;
  readonly openPopover: () => void;
  readonly focusPrompt: () => void;
  readonly quit: () => void;
}

/** Clicks in the tray's menu and on notifications. */
export interface ShellActions {
  onTrayAction(action: TrayAction): void;
  onNotice(notice: Notice): void;
  onPromptAnswer(promptId: string, answer: 'accept' | 'refuse'): void;
}

/**
 * Carries out what was clicked outside our pages. A menu has no place to say what came of it: what goes wrong becomes a notice, and
 * what leaves nothing to see otherwise is confirmed by a notification.
 */
export function createShellActions(parts: ActionParts): ShellActions {
  const give = <Name extends CommandName>(name: Name, input: CommandInput<Name>): void =>
    void execute(parts, name, input);
  return {
    onTrayAction: (action) => {
      switch (action.kind) {
        case 'open-window':
          return parts.openWindow();
        case 'open-settings':
          return parts.openWindow({ page: 'settings' });
        case 'find':
          return parts.openPopover();
        case 'answer':
          return parts.focusPrompt();
        case 'quit':
          return parts.quit();
        case 'open-console':
          return openConsole(give, action);
        case 'copy':
          return void copy(parts, action);
        case 'copy-link':
          return void copyLink(parts, action.target);
        case 'renew':
          return void renew(parts, action.target);
        case 'forget':
          return give('forgetCredentials', { target: action.target });
        case 'pin':
          return give('setMarks', { key: targetKey(action.target), marks: { pinned: action.pinned } });
        case 'sign-in':
          return give('startSignIn', { ssoSession: action.ssoSession });
        case 'cancel-sign-in':
          return give('cancelSignIn', { ssoSession: action.ssoSession });
        case 'sign-out':
          return give('signOut', { ssoSession: action.ssoSession });
        case 'open-portal':
          return give('openLink', { link: 'portal', ssoSession: action.ssoSession });
      }
    },
    onNotice: ({ action }) => {
      switch (action?.kind) {
        case 'sign-in':
          return give('startSignIn', { ssoSession: action.ssoSession });
        case 'renew':
          return void renew(parts, action.target);
        case 'open-settings':
          return parts.openWindow({ page: 'settings', subject: action.subject });
        case 'open-doctor':
          return parts.openWindow({ page: 'doctor' });
        default:
          return parts.openWindow();
      }
    },
    onPromptAnswer: (promptId, answer) => give('answerPrompt', { promptId, answer }),
  };
}

function openConsole(
  give: (name: 'openConsole', input: CommandInput<'openConsole'>) => void,
  { target, destination }: Extract<TrayAction, { kind: 'open-console' }>,
): void {
  give('openConsole', destination === undefined ? { target } : { target, destination });
}

async function copy(parts: ActionParts, { target, format }: Extract<TrayAction, { kind: 'copy' }>): Promise<void> {
  const result = await execute(parts, 'copyCredentials', { target, format });
  if (result !== undefined) {
    const texts = parts.texts();
    const body = texts.copiedHint(copyFormatName(format, texts), result.clearsInSeconds);
    confirm(parts, texts.copied(nameOf(parts, target)), body);
  }
}

async function copyLink(parts: ActionParts, target: RoleTarget): Promise<void> {
  const result = await execute(parts, 'copyConsoleLink', { target });
  if (result !== undefined) {
    const texts = parts.texts();
    confirm(parts, texts.linkCopied(nameOf(parts, target)), texts.linkCopiedHint(result.clearsInSeconds));
  }
}

async function renew(parts: ActionParts, target: RoleTarget): Promise<void> {
  const result = await execute(parts, 'renewCredentials', { target });
  if (result !== undefined) {
    const texts = parts.texts();
    const leftMs = remainingMs(result.expiresAt, awsNowMs(parts.core.state.get(), parts.now()));
    confirm(parts, texts.renewed(nameOf(parts, target)), texts.renewedHint(formatRemaining(leftMs, texts)));
  }
}

function nameOf({ core }: ActionParts, target: RoleTarget): string {
  return targetName(target, core.state.get());
}

function confirm({ notifier }: ActionParts, title: string, body: string): void {
  notifier.show({ title, body, isQuiet: true });
}

/** The command's result; undefined when it failed, which is told, or was cancelled. */
async function execute<Name extends CommandName>(
  { core, texts }: ActionParts,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandResult<Name> | undefined> {
  // The core's table of commands says what each answers.
  const reply = (await core.execute(name, input, { asker: OWN_SCREEN })) as Reply<CommandResult<Name>>;
  if (reply.ok) {
    return reply.value;
  }
  if (reply.failure.code !== 'cancelled') {
    core.notify({ id: `tray:${name}`, severity: 'error', ...texts().failed(reply.failure), action: undefined });
  }
  return undefined;
}
