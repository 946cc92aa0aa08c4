import type { Settings } from '../shared/settings.ts';

/** The languages the app speaks. */
export type Language = Exclude<Settings['language'], 'system'>;

/** What the tray, its menu and notifications say. Names, ids and times are put in by the callers. */
export interface Texts {
  readonly openApp: string;
  readonly quit: string;
  readonly quitWithLiveRoles: string;
  readonly pinned: string;
  readonly recent: string;
  readonly live: string;
  readonly identityCenters: string;
  readonly noneYet: string;
  readonly openConsole: string;
  readonly copy: string;
  readonly renew: string;
  readonly forget: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly cancelSignIn: string;
  readonly signedOut: string;
  readonly signInExpired: string;
  readonly signingIn: string;
  readonly renewsByItself: string;
  readonly guarded: string;
  readonly asking: string;
  readonly shortcutTaken: (keys: string) => string;
  readonly shortcutTakenHint: string;
  /** With the time that is left, as in "42 min". */
  readonly timeLeft: (time: string) => string;
  readonly liveRoles: (count: number) => string;
  readonly hours: (hours: number, minutes: number) => string;
  readonly minutes: (minutes: number) => string;
  readonly lessThanAMinute: string;
}

const en: Texts = {
  openApp: 'Open Rolecall',
  quit: 'Quit Rolecall',
  quitWithLiveRoles: 'Quit Rolecall and Forget Credentials',
  pinned: 'Pinned',
  recent: 'Recent',
  live: 'Live',
  identityCenters: 'Identity Centers',
  noneYet: 'Add an Identity Center…',
  openConsole: 'Open Console',
  copy: 'Copy Credentials',
  renew: 'Renew Now',
  forget: 'Forget Credentials',
  signIn: 'Sign In',
  signOut: 'Sign Out',
  cancelSignIn: 'Cancel Sign-In',
  signedOut: 'signed out',
  signInExpired: 'sign-in expired',
  signingIn: 'signing in …',
  renewsByItself: 'renews by itself',
  guarded: 'guarded',
  asking: 'Rolecall needs your answer',
  shortcutTaken: (keys) => `The shortcut ${keys} cannot be used.`,
  shortcutTakenHint: 'Another program may have it already. Choose another one in the settings.',
  timeLeft: (time) => `${time} left`,
  liveRoles: (count) => (count === 1 ? '1 role live' : `${count} roles live`),
  hours: (hours, minutes) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  minutes: (minutes) => `${minutes} min`,
  lessThanAMinute: 'less than a minute',
};

const zhCN: Texts = {
  openApp: '打开 Rolecall',
  quit: '退出 Rolecall',
  quitWithLiveRoles: '退出 Rolecall 并清除凭证',
  pinned: '已固定',
  recent: '最近使用',
  live: '有效中',
  identityCenters: 'Identity Center',
  noneYet: '添加 Identity Center…',
  openConsole: '打开控制台',
  copy: '复制凭证',
  renew: '立即续期',
  forget: '清除凭证',
  signIn: '登录',
  signOut: '退出登录',
  cancelSignIn: '取消登录',
  signedOut: '未登录',
  signInExpired: '登录已过期',
  signingIn: '正在登录…',
  renewsByItself: '自动续期',
  guarded: '受保护',
  asking: 'Rolecall 需要您的回应',
  shortcutTaken: (keys) => `快捷键 ${keys} 无法使用。`,
  shortcutTakenHint: '其他程序可能正在使用它。请在设置中另选一个。',
  timeLeft: (time) => `剩余 ${time}`,
  liveRoles: (count) => `${count} 个角色有效中`,
  hours: (hours, minutes) => (minutes === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes} 分钟`),
  minutes: (minutes) => `${minutes} 分钟`,
  lessThanAMinute: '不到 1 分钟',
};

const ja: Texts = {
  openApp: 'Rolecall を開く',
  quit: 'Rolecall を終了',
  quitWithLiveRoles: 'Rolecall を終了して認証情報を破棄',
  pinned: 'ピン留め',
  recent: '最近使った項目',
  live: '有効',
  identityCenters: 'Identity Center',
  noneYet: 'Identity Center を追加…',
  openConsole: 'コンソールを開く',
  copy: '認証情報をコピー',
  renew: '今すぐ更新',
  forget: '認証情報を破棄',
  signIn: 'サインイン',
  signOut: 'サインアウト',
  cancelSignIn: 'サインインを中止',
  signedOut: '未サインイン',
  signInExpired: 'サインインの期限切れ',
  signingIn: 'サインイン中…',
  renewsByItself: '自動更新',
  guarded: '保護対象',
  asking: 'Rolecall が応答を待っています',
  shortcutTaken: (keys) => `ショートカット ${keys} は使えません。`,
  shortcutTakenHint: '他のプログラムが使用している可能性があります。設定で別のものを選んでください。',
  timeLeft: (time) => `残り ${time}`,
  liveRoles: (count) => `${count} 件のロールが有効`,
  hours: (hours, minutes) => (minutes === 0 ? `${hours} 時間` : `${hours} 時間 ${minutes} 分`),
  minutes: (minutes) => `${minutes} 分`,
  lessThanAMinute: '1 分未満',
};

const TEXTS: Readonly<Record<Language, Texts>> = { en, 'zh-CN': zhCN, ja };

/** The texts for a setting; `system` takes the first of the user's languages that the app speaks, else English. */
export function textsFor(setting: Settings['language'], systemLanguages: readonly string[]): Texts {
  const language = setting === 'system' ? firstSpoken(systemLanguages) : setting;
  return TEXTS[language];
}

/** Traditional Chinese is not Simplified Chinese: those users get their next language, else English. */
function firstSpoken(systemLanguages: readonly string[]): Language {
  const spoken = systemLanguages.map((tag): Language | undefined => {
    if (/^zh\b(?!.*(Hant|TW|HK|MO))/i.test(tag)) {
      return 'zh-CN';
    }
    return /^ja\b/i.test(tag) ? 'ja' : /^en\b/i.test(tag) ? 'en' : undefined;
  });
  return spoken.find((language) => language !== undefined) ?? 'en';
}
