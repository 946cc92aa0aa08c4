import * as v from 'valibot';
import { OpenerIdSchema } from './console-opener-schema.ts';
import { COPY_FORMATS } from './copy-format.ts';
import { CA_BUNDLE_FILE, NO_PROXY_LIST, PROXY_URL } from './network-patterns.ts';

/** Everything the user can set; one file, read alike by app, command line and loopback host. Every field has a default, so `{}` is valid. */
export const SettingsSchema = v.object({
  language: v.optional(v.picklist(['system', 'en', 'zh-CN', 'ja']), 'system'),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  copyFormat: v.optional(v.picklist(COPY_FORMATS), 'bash'),
  /** Seconds until copied credentials leave the clipboard; 0 keeps them. */
  clipboardClearSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600)), 60),
  signInMethod: v.optional(v.picklist(['browser', 'device']), 'browser'),
  /** Renew SSO tokens by themselves while the app runs. */
  renewInBackground: v.optional(v.boolean(), true),
  /** A notification this many minutes before access ends; 0 for none. */
  notifyBeforeEndMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)), 10),
  /** A notification when a sign-in ended and does not renew by itself. */
  notifySignInEnded: v.optional(v.boolean(), true),
  /** A notification when a program asks for a code or for leave; otherwise only the tray shows that something waits. */
  notifyWhenAsked: v.optional(v.boolean(), true),
  consoleVia: v.optional(v.picklist(['federation', 'portal']), 'federation'),
  /** Where consoles open when neither a mark nor a rule says. */
  consoleOpener: v.optional(OpenerIdSchema, 'default'),
  /**
   * Where the consoles of some roles open: the first rule that matches counts. Account (name or id), role, Identity Center and tag are
   * matched without regard to case; `*` stands for anything.
   */
  consoleRules: v.optional(
    v.pipe(
      v.array(
        v.object({
          account: v.pipe(v.string(), v.maxLength(128)),
          role: v.pipe(v.string(), v.maxLength(64)),
          ssoSession: v.optional(v.pipe(v.string(), v.maxLength(512))),
          tag: v.optional(v.pipe(v.string(), v.maxLength(64))),
          opener: OpenerIdSchema,
        }),
      ),
      v.maxLength(200),
    ),
    [],
  ),
  /** What consoles open at when nothing else is said: a region, empty for AWS's own choice. */
  consoleRegion: v.optional(v.pipe(v.string(), v.regex(/^$|^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/)), ''),
  /** The user's own pages of the console, beside the services; `{region}` in a URL is replaced by the chosen region. */
  customDestinations: v.optional(
    v.pipe(
      v.array(
        v.object({
          name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
          url: v.pipe(v.string(), v.maxLength(2048)),
        }),
      ),
      v.maxLength(50),
    ),
    [],
  ),
  /** Ids of services opened last, newest first; offered first. */
  recentDestinations: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(12)), []),
  /** Searches the user wants to have again: what stands in the field. */
  savedSearches: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(20)), []),
  /** Columns of the window's table that are to be shown, and those that are not; what is not named is shown where there is room. */
  tableColumns: v.optional(v.record(v.pipe(v.string(), v.maxLength(32)), v.boolean()), {}),
  startAtLogin: v.optional(v.boolean(), false),
  globalShortcut: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
  trayCountdown: v.optional(v.boolean(), false),
  /** Fill MFA codes in by themselves where the seed is kept here. */
  autoFillMfa: v.optional(v.boolean(), false),
  /** Roles whose every use must be confirmed: matched without regard to case against account name or id, and role name; `*` stands for anything. */
  guardRules: v.optional(
    v.pipe(
      v.array(v.object({ account: v.pipe(v.string(), v.maxLength(128)), role: v.pipe(v.string(), v.maxLength(64)) })),
      v.maxLength(200),
    ),
    [],
  ),
  /** Which proxy AWS is asked through: what the environment's variables say, none, or the one below. */
  proxyMode: v.optional(v.picklist(['environment', 'none', 'manual']), 'environment'),
  proxyUrl: v.optional(v.pipe(v.string(), v.regex(PROXY_URL)), ''),
  /** Hosts to ask without the proxy, as in `NO_PROXY`. */
  noProxy: v.optional(v.pipe(v.string(), v.regex(NO_PROXY_LIST)), ''),
  /** Whether a user name and password for that proxy are in the secret store. */
  proxySignsIn: v.optional(v.boolean(), false),
  /** A PEM file of certificate authorities to trust besides the usual ones; an absolute path, or empty. */
  caBundleFile: v.optional(v.pipe(v.string(), v.regex(CA_BUNDLE_FILE)), ''),
  /** Whether the note on where SSO tokens are kept was read. */
  sharedCacheNoticeSeen: v.optional(v.boolean(), false),
  /** Whether the steps through the demo were put away. */
  demoStepsClosed: v.optional(v.boolean(), false),
});

export type Settings = v.InferOutput<typeof SettingsSchema>;

export const DEFAULT_SETTINGS: Settings = v.parse(SettingsSchema, {});
