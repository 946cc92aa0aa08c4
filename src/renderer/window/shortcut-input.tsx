import type { JSX, KeyboardEvent } from 'react';
import type { FieldControl } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { SHORTCUT_TAKEN } from '../../shared/notice-ids.ts';
import { acceleratorOf } from '../model/accelerator.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import type { SettingTools } from './settings-entries.tsx';
import { useSettingsWords } from './use-settings-words.ts';

/** The keys that open Rolecall from anywhere; that another program has them is said right here. */
export function ShortcutSetting({ settings, change, control }: SettingTools): JSX.Element {
  const { shortcutTaken } = useSettingsWords();
  const { actions } = useShell();
  const isTaken = useAppState((state) => state.notices.some(({ id }) => id === SHORTCUT_TAKEN));
  const errorId = `${control.id}-error`;
  return (
    <div className="text-setting">
      <ShortcutInput
        control={isTaken ? { ...control, 'aria-invalid': true, 'aria-describedby': errorId } : control}
        value={settings.globalShortcut}
        onValue={(globalShortcut) => {
          // Told anew where the next keys are taken too.
          void (isTaken && actions.run('dismissNotice', { id: SHORTCUT_TAKEN }));
          change({ globalShortcut });
        }}
      />
      {isTaken && (
        <p className="field__error" id={errorId} role="alert">
          {shortcutTaken}
        </p>
      )}
    </div>
  );
}

/** Takes the next combination of keys; Backspace takes it away. */
function ShortcutInput(props: {
  readonly control: FieldControl;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { t } = useText();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab' || event.key === 'Escape') {
      return;
    }
    event.preventDefault();
    const accelerator = event.key === 'Backspace' || event.key === 'Delete' ? '' : acceleratorOf(event);
    if (accelerator !== undefined) {
      props.onValue(accelerator);
    }
  };
  return (
    <TextInput
      {...props.control}
      readOnly
      value={props.value}
      placeholder={t.settings.pressKeys}
      onKeyDown={onKeyDown}
    />
  );
}
