import { COPY_FORMAT_LABELS, type CopyFormat } from '../shared/copy-format.ts';
import type { Ending } from '../shared/app-state.ts';
import type { Failure } from '../shared/reply.ts';
import type { Settings } from '../shared/settings.ts';
import { en } from './texts-en.ts';
import { ja } from './texts-ja.ts';
import { zhCN } from './texts-zh-cn.ts';

/** The languages the app speaks. */
export type Language = Exclude<Settings['language'], 'system'>;

/** What the tray, its menu and notifications say. Names, ids and times are put in by the callers. */
export interface Texts {
  readonly language: Language;
  readonly openApp: string;
  readonly find: string;
  readonly settings: string;
  readonly quit: string;
  readonly quitWithLiveRoles: string;
  readonly quitWithLiveRolesHint: string;
  readonly pinned: string;
  readonly recent: string;
  readonly live: string;
  readonly identityCenters: string;
  readonly noneYet: string;
  readonly openConsole: string;
  readonly openConsoleAt: string;
  readonly copyLink: string;
  readonly copy: string;
  /** Copy formats that are not a program's name. */
  readonly copyFormats: Readonly<Partial<Record<CopyFormat, string>>>;
  readonly pin: string;
  readonly unpin: string;
  readonly renew: string;
  readonly forget: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly cancelSignIn: string;
  readonly openPortal: string;
  readonly signedOut: string;
  readonly signInExpired: string;
  readonly signingIn: string;
  readonly renewsByItself: string;
  readonly guarded: string;
  readonly asking: string;
  readonly shortcutTaken: (keys: string) => string;
  readonly shortcutTakenHint: string;
  readonly loginItemFailed: string;
  /** With the system's own words. */
  readonly loginItemFailedHint: (reason: string) => string;
  /** With the time that is left, as in "42 min". */
  readonly timeLeft: (time: string) => string;
  readonly liveRoles: (count: number) => string;
  readonly hours: (hours: number, minutes: number) => string;
  readonly minutes: (minutes: number) => string;
  readonly lessThanAMinute: string;
  /** What a program wants, in one line. */
  readonly wantsCode: (program: string) => string;
  readonly wantsSignIn: (programs: string, identityCenter: string) => string;
  readonly wantsRole: (program: string, role: string) => string;
  readonly wantedFor: (role: string) => string;
  readonly guardedUse: string;
  readonly inFolder: (folder: string) => string;
  readonly device: (name: string) => string;
  readonly allow: string;
  readonly refuse: string;
  /** What ended, or is about to. */
  readonly signInEnds: (identityCenter: string, time: string) => string;
  readonly copiedEnds: (role: string, time: string) => string;
  readonly endsHint: Readonly<Record<Ending['needs'], string>>;
  readonly signedOutElsewhere: (identityCenter: string) => string;
  readonly signedOutElsewhereHint: string;
  readonly keptFileBroken: string;
  /** What came of a click in the menu. */
  readonly copied: (role: string) => string;
  readonly copiedHint: (format: string, clearsInSeconds: number) => string;
  readonly linkCopied: (role: string) => string;
  readonly linkCopiedHint: (clearsInSeconds: number) => string;
  readonly renewed: (role: string) => string;
  readonly renewedHint: (time: string) => string;
  /** The core's own words name names and stand in English, so they follow beneath in other languages. */
  readonly failed: (failure: Failure) => Pick<Failure, 'message' | 'hint'>;
}

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

/** How a copy format is called in the user's language. */
export function copyFormatName(format: CopyFormat, { copyFormats }: Texts): string {
  return copyFormats[format] ?? COPY_FORMAT_LABELS[format];
}
