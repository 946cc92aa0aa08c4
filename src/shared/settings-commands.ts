import * as v from 'valibot';
import type { FilePreview } from './commands.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Failure } from './reply.ts';

/** What can be emptied: it comes again from AWS, or from use. */
export const CACHES = ['directories', 'activity'] as const;

/** One of `CACHES`. */
export type Cache = (typeof CACHES)[number];

/** The tools whose settings can be taken along. */
export const IMPORT_TOOLS = ['leapp', 'aws-vault', 'granted', 'aws-sso-cli'] as const;

/** One of `IMPORT_TOOLS`. */
export type ImportTool = (typeof IMPORT_TOOLS)[number];

/** Commands of the settings page beside `updateSettings`. */
export const settingsCommandInputs = {
  /** Keeps the user name and password for the proxy that is set, in the secret store. They go this one way only. */
  setProxySignIn: v.object({
    user: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
    password: v.pipe(v.string(), v.maxLength(1024)),
  }),
  forgetProxySignIn: v.object({}),
  /** Forgets the passphrase of the secret store until it is given again. */
  lockSecretStore: v.object({}),
  /** Asks the AWS hosts that the profiles need, by the settings as they are. */
  testConnection: v.object({}),
  /** What is kept in Rolecall's own folder. */
  dataFolder: v.object({}),
  /** Shows that folder in the file manager. */
  openDataFolder: v.object({}),
  clearCache: v.object({ cache: v.picklist(CACHES) }),
  /** Looks for other tools on this machine. */
  findImports: v.object({}),
  /** Takes along what another tool knows; with `preview` nothing is changed. `takeOver` also rewrites the profiles it serves. */
  importFrom: v.object({
    tool: v.picklist(IMPORT_TOOLS),
    takeOver: v.optional(v.boolean()),
    preview: v.optional(v.boolean()),
  }),
} as const;

/** What keeps hosts from answering, or their answers from being of use. */
export interface ConnectionTrouble {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly hint: string;
}

/** What came of asking AWS. */
export interface ConnectionResult {
  readonly hosts: readonly string[];
  /** Host and port of the proxies on the way; none where AWS is asked directly. */
  readonly proxies: readonly string[];
  /** What is in the way; none where all hosts answered. */
  readonly findings: readonly ConnectionTrouble[];
}

/** Rolecall's own folder, and how much of it can be emptied. */
export interface DataFolder {
  readonly path: string;
  readonly cacheBytes: Readonly<Record<Cache, number>>;
}

/** A tool that was found, and how much it knows. */
export interface FoundImport {
  readonly tool: ImportTool;
  readonly file: string;
  /** Why its files cannot be read. */
  readonly failure: Failure | undefined;
  /** Identity Centers that are not here yet. */
  readonly ssoSessions: number;
  readonly profiles: number;
  readonly marks: number;
  /** Profiles of `~/.aws` that it serves and that could do without it. */
  readonly takeOvers: number;
  /** Access keys in its keeping. */
  readonly keys: number;
}

/** What an import would do, or did. */
export interface ImportPreview {
  readonly previews: readonly FilePreview[];
  /** Roles, accounts and profiles that get marks. */
  readonly markCount: number;
  /** What stays as it is here, and why. */
  readonly conflicts: readonly string[];
  /** Commands that hand keys over. */
  readonly keys: readonly string[];
  /** What is not taken along, and why. */
  readonly notes: readonly string[];
}
