import type { Core } from '../core/app/core.ts';
import type { Notice } from '../shared/app-state.ts';
import type { CommandInput, CommandName } from '../shared/commands.ts';
import { OWN_SCREEN } from './ipc.ts';
import type { WindowTarget } from './main-window.ts';
import type { TrayAction } from './tray-menu.ts';

/** What clicks outside our pages reach. */
export interface ActionParts {
  readonly core: Pick<Core, 'execute' | 'notify'>;
  readonly openWindow: (where?: WindowTarget) => void;
  readonly focusPrompt: () => void;
  readonly quit: () => void;
}

/** Clicks in the tray's menu and on notifications. */
export interface ShellActions {
  onTrayAction(action: TrayAction): void;
  onNotice(notice: Notice): void;
}

/** Carries out what was clicked outside our pages. What goes wrong becomes a notice: a menu has no place to say it. */
export function createShellActions(parts: ActionParts): ShellActions {
  const give = <Name extends CommandName>(name: Name, input: CommandInput<Name>): void =>
    void execute(parts, name, input);
  return {
    onTrayAction: (action) => {
      switch (action.kind) {
        case 'open-window':
          return parts.openWindow();
        case 'answer':
          return parts.focusPrompt();
        case 'quit':
          return parts.quit();
        case 'open-console':
          return give('openConsole', { target: action.target });
        case 'copy':
          return give('copyCredentials', { target: action.target, format: action.format });
        case 'renew':
          return give('renewCredentials', { target: action.target });
        case 'forget':
          return give('forgetCredentials', { target: action.target });
        case 'sign-in':
          return give('startSignIn', { ssoSession: action.ssoSession });
        case 'cancel-sign-in':
          return give('cancelSignIn', { ssoSession: action.ssoSession });
        case 'sign-out':
          return give('signOut', { ssoSession: action.ssoSession });
      }
    },
    onNotice: ({ action }) => {
      switch (action?.kind) {
        case 'sign-in':
          return give('startSignIn', { ssoSession: action.ssoSession });
        case 'renew':
          return give('renewCredentials', { target: action.target });
        case 'open-settings':
          return parts.openWindow({ page: 'settings', subject: action.subject });
        case 'open-doctor':
          return parts.openWindow({ page: 'doctor' });
        default:
          return parts.openWindow();
      }
    },
  };
}

async function execute<Name extends CommandName>(
  { core }: ActionParts,
  name: Name,
  input: CommandInput<Name>,
): Promise<void> {
  const reply = await core.execute(name, input, { asker: OWN_SCREEN });
  if (!reply.ok && reply.failure.code !== 'cancelled') {
    const { message, hint } = reply.failure;
    core.notify({ id: `tray:${name}`, severity: 'error', message, hint, action: undefined });
  }
}
