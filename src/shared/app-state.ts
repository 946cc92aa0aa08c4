import type { OpenerId } from './console-opener.ts';
import type { CopyFormat } from './copy-format.ts';
import type { ProblemCode, WordedCode } from './finding-codes.ts';
import type { Failure } from './reply.ts';
import type { RoleTarget } from './role-target.ts';
import type { Settings } from './settings.ts';

/**
 * Everything a screen may know. Holds no secret: by type there is no field for one.
 *
 * All times are ISO 8601 in UTC, by AWS's clock; `clockSkewMs` is what to add to this machine's clock to get AWS's.
 */
export interface AppState {
  readonly app: AppInfo;
  readonly settings: Settings;
  readonly ssoSessions: readonly SsoSessionState[];
  /** Accounts by Identity Center id. */
  readonly directories: Readonly<Record<string, DirectoryState>>;
  readonly profiles: readonly ProfileState[];
  /** Problems of the files as a whole (unreadable, broken for the AWS CLI). */
  readonly fileProblems: readonly ProfileProblem[];
  readonly liveRoles: readonly LiveRole[];
  readonly prompts: readonly PromptState[];
  readonly notices: readonly Notice[];
  /** Newest first, bounded. */
  readonly recentTargets: readonly RoleTarget[];
  /** What the user said about roles and accounts, by `targetKey` or `account:<ssoSession>/<accountId>`. */
  readonly marks: Readonly<Record<string, Marks>>;
  readonly secretStore: SecretStoreState;
  readonly activity: readonly ActivityEntry[];
  readonly clockSkewMs: number;
}

export interface AppInfo {
  readonly version: string;
  readonly shell: 'electron' | 'host';
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly sandbox: SandboxInfo | undefined;
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly online: boolean;
}

/** What the demo against the built-in AWS shows to newcomers. */
export interface SandboxInfo {
  readonly startUrl: string;
  readonly region: string;
  readonly phoneUrl: string;
}

/** One Identity Center. */
export interface SsoSessionState {
  readonly id: string;
  readonly name: string;
  readonly startUrl: string;
  readonly region: string;
  /** `sso-session` section, or legacy `sso_start_url` in profiles. */
  readonly form: 'sso-session' | 'legacy';
  /** Where its token is kept: the AWS CLI's cache, or the secret store. */
  readonly mode: 'shared' | 'vault';
  readonly access: SsoAccess;
  readonly signIn: SignInStep | undefined;
  readonly lastFailure: Failure | undefined;
}

/** Whether the portal lets us in, and for how long. */
export type SsoAccess =
  | { readonly kind: 'signed-out' }
  | {
      readonly kind: 'signed-in';
      readonly tokenExpiresAt: string;
      readonly renewsByItself: boolean;
      readonly registrationExpiresAt: string | undefined;
    }
  | { readonly kind: 'expired'; readonly expiredAt: string };

/** Where a running sign-in stands. */
export type SignInStep =
  | { readonly kind: 'preparing' }
  | {
      readonly kind: 'waiting-for-browser';
      readonly method: 'browser';
      readonly startedAt: string;
      readonly endsAt: string;
    }
  | {
      readonly kind: 'waiting-for-device';
      readonly method: 'device';
      readonly userCode: string;
      readonly verificationUri: string;
      readonly startedAt: string;
      readonly endsAt: string;
    }
  | { readonly kind: 'finishing' };

/** The accounts of one Identity Center, as last known. */
export interface DirectoryState {
  /** As `orderAccounts` orders them. */
  readonly accounts: readonly AccountState[];
  /** When the last refresh ended that asked for every account; undefined before the first. What AWS refused of it is stale. */
  readonly refreshedAt: string | undefined;
  readonly progress: DirectoryProgress | undefined;
  readonly failure: Failure | undefined;
  /** What the last refresh found. */
  readonly changes: { readonly added: number; readonly removed: number } | undefined;
}

export interface DirectoryProgress {
  readonly accountsDone: number;
  readonly accountsTotal: number;
}

export interface AccountState {
  /** 12 digits. */
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** Not confirmed by the last refresh: shown, but marked. */
  readonly stale: boolean;
}

/** A profile of `~/.aws` with what a screen needs to show and offer. */
export interface ProfileState {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly accountId: string | undefined;
  readonly roleName: string | undefined;
  readonly roleArn: string | undefined;
  readonly ssoSession: string | undefined;
  readonly sourceProfile: string | undefined;
  readonly mfaSerial: string | undefined;
  readonly region: string | undefined;
  readonly output: string | undefined;
  readonly protected: boolean;
  readonly managed: boolean;
  /** Whether `[default]` gives what this profile gives. */
  readonly isDefault?: boolean;
  /** Whose credentials it hands out by a line of ours: those of another profile, or of a role. */
  readonly serves?: RoleTarget;
  /** Whether a console can be opened with it. */
  readonly canFederate: boolean;
  readonly file: string;
  readonly line: number;
  readonly problems: readonly ProfileProblem[];
}

export type ProfileKind =
  'sso' | 'sso-legacy' | 'assume-role' | 'static' | 'process' | 'web-identity' | 'login' | 'settings-only';

export interface ProfileProblem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly hint: string;
  /** Who suffers from it. */
  readonly tools: readonly ('aws-cli' | 'boto3' | 'js-sdk' | 'rolecall')[];
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** A target that holds credentials now. */
export interface LiveRole {
  readonly key: string;
  readonly target: RoleTarget;
  readonly expiresAt: string;
}

/** Who wants something: this app, or a program that asked through the broker. */
export interface Asker {
  readonly program: string;
  readonly pid: number | undefined;
  readonly folder: string | undefined;
  /** Names of its parents, nearest first. */
  readonly parents: readonly string[];
}

/** A program that waits, and the role that it wants. */
export interface WaitingProgram {
  readonly asker: Asker;
  readonly target: RoleTarget;
}

/** A question only the user can answer. One is shown at a time: the first. */
export type PromptState =
  | {
      readonly kind: 'mfa';
      readonly id: string;
      readonly asker: Asker;
      readonly target: RoleTarget;
      readonly title: string;
      readonly mfaSerial: string;
      readonly deviceName: string;
      readonly accountId: string | undefined;
      /** Codes before this moment were used already: wait for the next. */
      readonly notBefore: string | undefined;
      readonly lastFailure: Failure | undefined;
      readonly canAutoFill: boolean;
      /** The user caused it just now, so it may take the keyboard. */
      readonly userAsked: boolean;
    }
  | {
      readonly kind: 'sign-in';
      readonly id: string;
      readonly asker: Asker;
      readonly target: RoleTarget;
      readonly ssoSession: string;
      /** How many callers wait for this one sign-in. */
      readonly waiting: number;
      /** The programs among them besides `asker`, each with its role once; the first few. */
      readonly others: readonly WaitingProgram[];
      readonly userAsked: boolean;
    }
  | {
      readonly kind: 'confirm-use';
      readonly id: string;
      readonly asker: Asker;
      readonly target: RoleTarget;
      readonly title: string;
      readonly guarded: boolean;
      readonly userAsked: boolean;
    };

/** Something to tell the user once, with at most one thing to do about it. */
export interface Notice {
  readonly id: string;
  /** What kind of thing is told, for screens in other languages; a notice without one is in the user's language already. */
  readonly code?: WordedCode;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly hint: string;
  readonly action: NoticeAction | undefined;
  /** Of an end that is near: what screens need to say it in their own language, with the time that is left by then. */
  readonly ending?: Ending;
}

/** What ends soon, and what renewing it takes. */
export interface Ending {
  readonly what: 'sign-in' | 'role';
  readonly name: string;
  /** ISO 8601, by AWS's clock. */
  readonly endsAt: string;
  readonly needs: 'nothing' | 'sign-in' | 'mfa' | 'again';
}

export type NoticeAction =
  | { readonly kind: 'sign-in'; readonly ssoSession: string }
  | { readonly kind: 'renew'; readonly target: RoleTarget }
  /** `subject` is the setting to show. */
  | { readonly kind: 'open-settings'; readonly subject?: string }
  | { readonly kind: 'open-doctor' }
  | { readonly kind: 'acknowledge-shared-cache' };

/** What the user said about one role or account; kept apart from what AWS says. */
export interface Marks {
  readonly pinned?: boolean;
  readonly alias?: string;
  readonly colour?: MarkColour;
  readonly tags?: readonly string[];
  readonly hidden?: boolean;
  readonly guarded?: boolean;
  /** What happens when a program asks for this role in the background; `allow` when not said. */
  readonly use?: 'allow' | 'ask' | 'ask-hourly' | 'refuse';
  readonly order?: number;
  /** Where its consoles open, whatever the rules say. */
  readonly opener?: OpenerId;
  /** The region chosen last for its console. */
  readonly region?: string;
}

export const MARK_COLOURS = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'grey'] as const;
export type MarkColour = (typeof MARK_COLOURS)[number];

export interface SecretStoreState {
  readonly backend: 'keyring' | 'passphrase' | 'memory' | 'none';
  readonly state: 'ready' | 'locked' | 'missing' | 'changed' | 'failed';
  readonly message: string;
  readonly hint: string;
}

export interface ActivityEntry {
  readonly at: string;
  readonly asker: Asker;
  readonly what:
    'credentials' | 'console' | 'copy' | 'sign-in' | 'sign-out' | 'export' | 'exec' | 'protect' | 'rotate-key' | 'mfa';
  readonly target: RoleTarget | undefined;
  readonly ssoSession: string | undefined;
  readonly format: CopyFormat | undefined;
  readonly outcome: 'ok' | 'refused' | 'cancelled' | 'failed';
  readonly detail: string;
}
