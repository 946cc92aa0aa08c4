import type { ReactNode } from 'react';
import { COPY_FORMATS } from '../../shared/copy-format.ts';
import type { AppState } from '../../shared/app-state.ts';
import { CA_BUNDLE_FILE, NO_PROXY_LIST, PROXY_URL } from '../../shared/network-patterns.ts';
import type { Settings } from '../../shared/settings.ts';
import type { FieldControl } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { settingsWords, type EntryId } from '../i18n/settings-words.ts';
import type { Text } from '../i18n/text.ts';
import { ConsoleOpener, ConsoleRules } from './console-rules.tsx';
import { SecretStoreLine } from '../member/secret-store-line.tsx';
import { AboutLine } from './about-card.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { CustomDestinations } from './custom-destinations.tsx';
import { CacheLines, DataFolderLine, ResetLine } from './data-controls.tsx';
import { GuardRules } from './guard-rules.tsx';
import { ImportLines } from './import-controls.tsx';
import { ProxySignIn } from './proxy-sign-in.tsx';
import {
  languageControl,
  proxyModeControl,
  regionControl,
  signInControl,
  spanControl,
  themeControl,
  toggle,
  viaControl,
} from './setting-controls.tsx';
import { ShortcutSetting } from './shortcut-input.tsx';
import { AwsFileLines, VaultLine } from './storage-card.tsx';
import { TextSetting } from './text-setting.tsx';

/** The parts of the settings page, in order. */
export const SETTING_SECTIONS = [
  'general',
  'notifications',
  'copying',
  'signIn',
  'console',
  'protection',
  'network',
  'secrets',
  'data',
  'imports',
  'about',
] as const;

export type SettingSection = (typeof SETTING_SECTIONS)[number];

/** One thing on the page: a setting, or something to look at or do. Its words are found by the id. */
export interface SettingEntry {
  readonly id: EntryId;
  readonly section: SettingSection;
  /** Controls that need the width of the page stand beneath their words. */
  readonly wide?: true;
  /** Has no one control that the words could be the label of. */
  readonly many?: true;
  /** Left out where the shell, the platform or the other settings leave it without effect. */
  readonly onlyIf?: (app: AppState['app'], settings: Settings) => boolean;
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
const byHand = (_app: AppState['app'], settings: Settings): boolean => settings.proxyMode === 'manual';

const GENERAL: readonly SettingEntry[] = [
  { id: 'language', section: 'general', control: languageControl },
  { id: 'theme', section: 'general', control: themeControl },
  { id: 'startAtLogin', section: 'general', onlyIf: inElectron, control: (tools) => toggle(tools, 'startAtLogin') },
  { id: 'globalShortcut', section: 'general', onlyIf: inElectron, control: (tools) => <ShortcutSetting {...tools} /> },
  {
    id: 'trayCountdown',
    section: 'general',
    onlyIf: (app) => inElectron(app) && app.platform === 'darwin',
    control: (tools) => toggle(tools, 'trayCountdown'),
  },
  {
    id: 'notifyBeforeEndMinutes',
    section: 'notifications',
    control: (tools) => spanControl(tools, 'notifyBeforeEndMinutes', [0, 5, 10, 15, 30], 60),
  },
  {
    id: 'notifySignInEnded',
    section: 'notifications',
    onlyIf: inElectron,
    control: (tools) => toggle(tools, 'notifySignInEnded'),
  },
  {
    id: 'notifyWhenAsked',
    section: 'notifications',
    onlyIf: inElectron,
    control: (tools) => toggle(tools, 'notifyWhenAsked'),
  },
];

const USE: readonly SettingEntry[] = [
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

const NETWORK: readonly SettingEntry[] = [
  { id: 'proxyMode', section: 'network', control: proxyModeControl },
  {
    id: 'proxyUrl',
    section: 'network',
    onlyIf: byHand,
    control: (tools) => textControl(tools, 'proxyUrl', PROXY_URL, 'http://proxy.example.com:3128', 'notAnAddress'),
  },
  {
    id: 'proxySignIn',
    section: 'network',
    many: true,
    onlyIf: byHand,
    control: ({ settings }) => <ProxySignIn settings={settings} />,
  },
  {
    id: 'noProxy',
    section: 'network',
    onlyIf: byHand,
    control: (tools) => textControl(tools, 'noProxy', NO_PROXY_LIST, 'localhost, .example.com', 'notAList'),
  },
  {
    id: 'caBundleFile',
    section: 'network',
    control: (tools) => textControl(tools, 'caBundleFile', CA_BUNDLE_FILE, '/etc/ssl/company.pem', 'notAPath'),
  },
  { id: 'connectionTest', section: 'network', wide: true, control: () => <ConnectionTest /> },
];

const MACHINE: readonly SettingEntry[] = [
  { id: 'secretStore', section: 'secrets', wide: true, control: () => <SecretStoreLine /> },
  { id: 'vault', many: true, section: 'secrets', control: () => <VaultLine /> },
  { id: 'awsFiles', section: 'data', wide: true, control: () => <AwsFileLines /> },
  { id: 'dataFolder', section: 'data', wide: true, control: () => <DataFolderLine /> },
  { id: 'caches', section: 'data', wide: true, control: () => <CacheLines /> },
  { id: 'reset', many: true, section: 'data', control: () => <ResetLine /> },
  { id: 'imports', section: 'imports', wide: true, control: () => <ImportLines /> },
  { id: 'about', many: true, section: 'about', control: () => <AboutLine /> },
];

/** Everything on the page. A new setting gets a line here, and its words. */
export const SETTING_ENTRIES: readonly SettingEntry[] = [...GENERAL, ...USE, ...NETWORK, ...MACHINE];

function textControl(
  { settings, change, control, text }: SettingTools,
  id: 'proxyUrl' | 'noProxy' | 'caBundleFile',
  pattern: RegExp,
  placeholder: string,
  wrong: 'notAnAddress' | 'notAList' | 'notAPath',
): ReactNode {
  return (
    <TextSetting
      control={control}
      value={settings[id]}
      placeholder={placeholder}
      takes={(value) => pattern.test(value)}
      wrong={settingsWords(text).network[wrong]}
      onValue={(value) => change({ [id]: value })}
    />
  );
}
