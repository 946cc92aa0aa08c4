import type { ReactNode } from 'react';
import { Select } from '../components/select.tsx';
import { Switch } from '../components/switch.tsx';
import { settingsWords } from '../i18n/settings-words.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import { regionLabel, REGIONS } from '../../shared/regions.ts';
import type { SettingTools } from './settings-entries.tsx';

/** A switch. */
export function toggle(
  { settings, change, control }: SettingTools,
  id: 'startAtLogin' | 'trayCountdown' | 'renewInBackground' | 'autoFillMfa' | 'notifySignInEnded' | 'notifyWhenAsked',
): ReactNode {
  return <Switch control={control} checked={settings[id]} onChange={(checked) => change({ [id]: checked })} />;
}

/** The language of the screen; each calls itself by its own name. */
export function languageControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = [
    { value: 'system' as const, label: text.t.settings.system },
    ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
  ];
  return (
    <Select
      control={control}
      value={settings.language}
      options={options}
      onChange={(language) => change({ language })}
    />
  );
}

/** Light, dark, or as the system has it. */
export function themeControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: text.t.settings.themes[value],
  }));
  return <Select control={control} value={settings.theme} options={options} onChange={(theme) => change({ theme })} />;
}

/** By browser or device code. */
export function signInControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = (['browser', 'device'] as const).map((value) => ({ value, label: text.t.settings.methods[value] }));
  return (
    <Select
      control={control}
      value={settings.signInMethod}
      options={options}
      onChange={(signInMethod) => change({ signInMethod })}
    />
  );
}

/** The way to a console. */
export function viaControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = (['federation', 'portal'] as const).map((value) => ({
    value,
    label: text.t.destination.ways[value],
  }));
  return (
    <Select
      control={control}
      value={settings.consoleVia}
      options={options}
      onChange={(consoleVia) => change({ consoleVia })}
    />
  );
}

/** Where consoles open. */
export function regionControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = [
    { value: '', label: text.t.destination.anyRegion },
    ...REGIONS.map(({ id }) => ({ value: id, label: regionLabel(id, text.language) })),
  ];
  return (
    <Select
      control={control}
      value={settings.consoleRegion}
      options={options}
      onChange={(consoleRegion) => change({ consoleRegion })}
    />
  );
}

/** A choice among a few spans of time; one set by hand in the file is kept among them. */
export function spanControl(
  { settings, change, control, text }: SettingTools,
  id: 'notifyBeforeEndMinutes' | 'clipboardClearSeconds',
  choices: readonly number[],
  unitSeconds: number,
): ReactNode {
  const spans = [...new Set([...choices, settings[id]])].sort((a, b) => a - b);
  const options = spans.map((span) => ({
    value: String(span),
    label: span === 0 ? text.t.settings.never[id] : text.format.duration(span * unitSeconds),
  }));
  return (
    <Select
      control={control}
      value={String(settings[id])}
      options={options}
      onChange={(value) => change({ [id]: Number(value) })}
    />
  );
}

/** Which proxy. */
export function proxyModeControl({ settings, change, control, text }: SettingTools): ReactNode {
  const words = settingsWords(text).proxyModes;
  const options = (['environment', 'none', 'manual'] as const).map((value) => ({ value, label: words[value] }));
  return (
    <Select
      control={control}
      value={settings.proxyMode}
      options={options}
      onChange={(proxyMode) => change({ proxyMode })}
    />
  );
}
