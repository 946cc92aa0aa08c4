import type { ReactNode } from 'react';
import { COPY_FORMATS } from '../../shared/copy-format.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { Settings } from '../../shared/settings.ts';
import type { FieldControl } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { Switch } from '../components/switch.tsx';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.ts';
import type { Text } from '../i18n/text.ts';
import { REGIONS } from '../model/regions.ts';
import { ConsoleOpener, ConsoleRules } from './console-rules.tsx';
import { CustomDestinations } from './custom-destinations.tsx';
import { GuardRules } from './guard-rules.tsx';
import { ShortcutInput } from './shortcut-input.tsx';

/** The parts of the settings page, in order. */
export const SETTING_SECTIONS = ['general', 'copying', 'signIn', 'console', 'protection'] as const;

export type SettingSection = (typeof SETTING_SECTIONS)[number];

/** The settings a person can change, each with a place, words in the catalogues, and a control. */
export type SettingId = Exclude<keyof Settings, 'recentDestinations' | 'sharedCacheNoticeSeen' | 'demoStepsClosed'>;

/** One setting on the page. */
export interface SettingEntry {
  readonly id: SettingId;
  readonly section: SettingSection;
  /** Controls that need the width of the page stand beneath their words. */
  readonly wide?: true;
  /** Left out where the shell or the platform has no such thing. */
  readonly onlyIf?: (app: AppState['app']) => boolean;
  readonly control: (tools: SettingTools) => ReactNode;
}

/** What the controls work with. */
export interface SettingTools {
  readonly settings: Settings;
  readonly text: Text;
  readonly control: FieldControl;
  readonly change: (changes: Partial<Settings>) => void;
}

const inElectron = (app: AppState['app']): boolean => app.shell === 'electron';

/** Every setting. A new one gets a line here, and its words; the compiler asks for both. */
export const SETTING_ENTRIES: readonly SettingEntry[] = [
  { id: 'language', section: 'general', control: languageControl },
  { id: 'theme', section: 'general', control: themeControl },
  { id: 'startAtLogin', section: 'general', onlyIf: inElectron, control: (tools) => toggle(tools, 'startAtLogin') },
  {
    id: 'globalShortcut',
    section: 'general',
    onlyIf: inElectron,
    control: ({ settings, change, control }) => (
      <ShortcutInput
        control={control}
        value={settings.globalShortcut}
        onValue={(globalShortcut) => change({ globalShortcut })}
      />
    ),
  },
  {
    id: 'trayCountdown',
    section: 'general',
    onlyIf: (app) => inElectron(app) && app.platform === 'darwin',
    control: (tools) => toggle(tools, 'trayCountdown'),
  },
  {
    id: 'notifyBeforeEndMinutes',
    section: 'general',
    control: (tools) => spanControl(tools, 'notifyBeforeEndMinutes', [0, 5, 10, 15, 30], 60),
  },
  {
    id: 'copyFormat',
    section: 'copying',
    control: ({ settings, change, control, text }) => (
      <Select
        control={control}
        value={settings.copyFormat}
        options={COPY_FORMATS.map((value) => ({ value, label: text.t.copyFormats[value] }))}
        onChange={(copyFormat) => change({ copyFormat })}
      />
    ),
  },
  {
    id: 'clipboardClearSeconds',
    section: 'copying',
    control: (tools) => spanControl(tools, 'clipboardClearSeconds', [0, 30, 60, 120, 300], 1),
  },
  { id: 'signInMethod', section: 'signIn', control: signInControl },
  { id: 'renewInBackground', section: 'signIn', control: (tools) => toggle(tools, 'renewInBackground') },
  { id: 'consoleVia', section: 'console', control: viaControl },
  {
    id: 'consoleOpener',
    section: 'console',
    control: ({ settings, change, control }) => <ConsoleOpener settings={settings} change={change} control={control} />,
  },
  {
    id: 'consoleRules',
    section: 'console',
    wide: true,
    control: ({ settings, change }) => <ConsoleRules settings={settings} change={change} />,
  },
  { id: 'consoleRegion', section: 'console', control: regionControl },
  {
    id: 'customDestinations',
    section: 'console',
    wide: true,
    control: ({ settings, change }) => <CustomDestinations settings={settings} change={change} />,
  },
  {
    id: 'guardRules',
    section: 'protection',
    wide: true,
    control: ({ settings, change }) => <GuardRules settings={settings} change={change} />,
  },
  { id: 'autoFillMfa', section: 'protection', control: (tools) => toggle(tools, 'autoFillMfa') },
];

function toggle(
  { settings, change, control }: SettingTools,
  id: 'startAtLogin' | 'trayCountdown' | 'renewInBackground' | 'autoFillMfa',
): ReactNode {
  return <Switch control={control} checked={settings[id]} onChange={(checked) => change({ [id]: checked })} />;
}

function languageControl({ settings, change, control, text }: SettingTools): ReactNode {
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

function themeControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: text.t.settings.themes[value],
  }));
  return <Select control={control} value={settings.theme} options={options} onChange={(theme) => change({ theme })} />;
}

function signInControl({ settings, change, control, text }: SettingTools): ReactNode {
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

function viaControl({ settings, change, control, text }: SettingTools): ReactNode {
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

function regionControl({ settings, change, control, text }: SettingTools): ReactNode {
  const options = [
    { value: '', label: text.t.destination.anyRegion },
    ...REGIONS.map((region) => ({ value: region.id, label: `${region.names[text.language]} · ${region.id}` })),
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
function spanControl(
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
