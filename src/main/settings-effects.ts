import { SHORTCUT_TAKEN } from '../shared/notice-ids.ts';
import type { Core } from '../core/app/core.ts';
import { followState } from './follow-state.ts';
import { createShortcutKeeper } from './global-shortcut.ts';
import { OWN_SCREEN } from './ipc.ts';
import { createLoginItem, type LoginItem } from './login-item.ts';
import type { Screens } from './screens.ts';
import type { ShellApis } from './shell-apis.ts';
import type { AppSetting } from './app-setting.ts';
import { textsOf } from './messages.ts';

/** Carries out those settings that concern the system: theme, shortcut, start at login. Call it once they were read. */
export function followSettings(electron: ShellApis, setting: AppSetting, core: Core, screens: Screens): void {
  followState(
    core.state,
    (state) => state.settings.theme,
    (theme) => screens.theme.set(theme),
  );
  followShortcut(electron, core, screens);
  followLoginItem(electron, setting, core);
}

function followShortcut(electron: ShellApis, core: Core, screens: Screens): void {
  const keeper = createShortcutKeeper(electron.globalShortcut, () => screens.togglePopover());
  followState(
    core.state,
    (state) => state.settings.globalShortcut,
    (accelerator) => {
      if (!keeper.set(accelerator)) {
        const texts = textsOf(electron, core.state.get());
        core.notify({
          id: SHORTCUT_TAKEN,
          severity: 'warning',
          message: texts.shortcutTaken(accelerator),
          hint: texts.shortcutTakenHint,
          action: { kind: 'open-settings', subject: 'globalShortcut' },
        });
      }
    },
  );
}

/**
 * Only an installed app that serves its real user may put itself among the login items: one run from its sources would leave a
 * line that leads to a folder of today. At the start nothing is taken away, since the user may have set it by the system's means; and
 * where the user switched it off by those, it stays so, and the setting says so.
 */
function followLoginItem(electron: ShellApis, setting: AppSetting, core: Core): void {
  if (!electron.app.isPackaged || setting.isSandbox) {
    return;
  }
  const program = process.env['APPIMAGE'] ?? setting.execPath;
  const item = createLoginItem(electron.app, setting.platform, { configDir: setting.configDir, program });
  let isFirst = true;
  let isLeft = false;
  followState(
    core.state,
    (state) => state.settings.startAtLogin,
    (startAtLogin) => {
      if (isFirst && startAtLogin && item.isSwitchedOff()) {
        isLeft = true;
        void core.execute('updateSettings', { startAtLogin: false }, { asker: OWN_SCREEN });
      } else if (startAtLogin || !(isFirst || isLeft)) {
        isLeft = false;
        setLoginItem(electron, core, item, startAtLogin);
      }
      isFirst = false;
    },
  );
}

function setLoginItem(electron: ShellApis, core: Core, item: LoginItem, startAtLogin: boolean): void {
  try {
    item.set(startAtLogin);
  } catch (error) {
    const texts = textsOf(electron, core.state.get());
    core.notify({
      id: 'login-item-failed',
      severity: 'warning',
      message: texts.loginItemFailed,
      hint: texts.loginItemFailedHint(error instanceof Error ? error.message : ''),
      action: { kind: 'open-settings', subject: 'startAtLogin' },
    });
  }
}
