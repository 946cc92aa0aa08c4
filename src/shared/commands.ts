import * as v from 'valibot';
import { MARK_COLOURS } from './app-state.ts';
import { careCommandInputs, type DoctorResult } from './care-commands.ts';
import type { OpenerChoice } from './console-opener.ts';
import { OpenerIdSchema } from './console-opener-schema.ts';
import { COPY_FORMATS } from './copy-format.ts';
import { isInstanceId, type InstanceList } from './instances.ts';
import { MarkedSchema } from './marked.ts';
import { PAGES } from './pages.ts';
import { RoleTargetSchema } from './role-target-schema.ts';
import type { LongJobFacts } from './session-limit.ts';
import {
  settingsCommandInputs,
  type ConnectionResult,
  type DataFolder,
  type FoundImport,
  type ImportPreview,
} from './settings-commands.ts';
import { SettingsSchema } from './settings.ts';
import {
  memberCommandInputs,
  type EnrolmentPicture,
  type GuideText,
  type MfaDeviceFact,
  type RotationFact,
  type SetupFinding,
} from './member-commands.ts';
import {
  profileCommandInputs,
  type EditEntry,
  type EditResult,
  type ExportedSetUp,
  type ProfileView,
  type SetUpResult,
  type SyncResult,
} from './profile-commands.ts';
import type { Reply } from './reply.ts';

const ssoSession = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const shortText = v.pipe(v.string(), v.maxLength(256));
const profile = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const nothing = v.object({});
const tags = v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(32));
const marks = v.object({
  pinned: v.optional(v.boolean()),
  alias: v.optional(v.pipe(v.string(), v.maxLength(128))),
  colour: v.optional(v.nullable(v.picklist(MARK_COLOURS))),
  tags: v.optional(tags),
  hidden: v.optional(v.boolean()),
  guarded: v.optional(v.boolean()),
  use: v.optional(v.nullable(v.picklist(['allow', 'ask', 'ask-hourly', 'refuse']))),
  order: v.optional(v.number()),
  opener: v.optional(v.nullable(OpenerIdSchema)),
  region: v.optional(v.pipe(v.string(), v.maxLength(64))),
});

/**
 * Every command a screen may give, with the shape of its input. Nothing else passes a process border: IPC and the loopback host
 * parse against this table and refuse the rest. No answer holds a secret.
 */
export const commandInputs = {
  /** Reads the region of an Identity Center from its start URL, or asks AWS. */
  detectRegion: v.object({ startUrl: shortText }),
  addSsoSession: v.object({ name: shortText, startUrl: shortText, region: shortText }),
  removeSsoSession: v.object({ ssoSession }),
  startSignIn: v.object({ ssoSession, method: v.optional(v.picklist(['browser', 'device'])) }),
  reopenSignIn: v.object({ ssoSession }),
  cancelSignIn: v.object({ ssoSession }),
  renewSsoToken: v.object({ ssoSession }),
  signOut: v.object({ ssoSession }),
  refreshDirectory: v.object({ ssoSession }),
  /** Asks for this account's roles before the others'. */
  focusAccount: v.object({ ssoSession, accountId: shortText }),
  openConsole: v.object({
    target: RoleTargetSchema,
    /** A service's name (`s3`), or a console URL; `{region}` in it is replaced. */
    destination: v.optional(v.pipe(v.string(), v.maxLength(2048))),
    region: v.optional(shortText),
    via: v.optional(v.picklist(['federation', 'portal', 'switch-role'])),
    /** Where to open it, whatever marks and rules say. */
    opener: v.optional(OpenerIdSchema),
  }),
  /** The browsers and profiles of this machine in which consoles can be opened. */
  listOpeners: nothing,
  copyConsoleLink: v.object({
    target: RoleTargetSchema,
    destination: v.optional(v.pipe(v.string(), v.maxLength(2048))),
    region: v.optional(shortText),
    via: v.optional(v.picklist(['federation', 'portal', 'switch-role'])),
  }),
  copyCredentials: v.object({ target: RoleTargetSchema, format: v.optional(v.picklist(COPY_FORMATS)) }),
  /** Fetches fresh credentials even though those at hand still hold. */
  renewCredentials: v.object({ target: RoleTargetSchema }),
  /** Fetches a fresh SSO token and fresh credentials, and tells how long they last. */
  renewForLongJob: v.object({ target: RoleTargetSchema }),
  forgetCredentials: v.object({ target: RoleTargetSchema }),
  /** The instances of a region on which a role may start a session. */
  listInstances: v.object({ target: RoleTargetSchema, region: shortText }),
  /** Opens the user's terminal with a session on an instance. */
  connectInstance: v.object({
    target: RoleTargetSchema,
    region: shortText,
    instanceId: v.pipe(v.string(), v.check(isInstanceId)),
  }),
  setMarks: v.object({
    /** A `targetKey`, or `account:<ssoSession>/<accountId>`. */
    key: v.pipe(v.string(), v.minLength(1), v.maxLength(1200)),
    marks,
  }),
  /** The same for many at once, of which all or none are changed. Tags are added to what each has, or taken from it. */
  setManyMarks: v.object({
    changes: v.pipe(
      v.array(
        v.object({
          of: v.pipe(v.array(MarkedSchema), v.maxLength(10_000)),
          marks: v.optional(v.omit(marks, ['alias', 'tags'])),
          addTags: v.optional(tags),
          removeTags: v.optional(tags),
        }),
      ),
      v.maxLength(10_000),
    ),
  }),
  updateSettings: v.object({ changes: v.partial(SettingsSchema) }),
  dismissNotice: v.object({ id: shortText }),
  answerMfa: v.object({ promptId: shortText, tokenCode: v.pipe(v.string(), v.maxLength(64)) }),
  /** Lets the built-in authenticator answer. */
  autoFillMfa: v.object({ promptId: shortText }),
  answerPrompt: v.object({ promptId: shortText, answer: v.picklist(['accept', 'refuse']) }),
  cancelPrompt: v.object({ promptId: shortText }),
  /** Shows the window at a page; `subject` is what to find there: a profile, a setting, a role, a finding. */
  openWindow: v.object({
    page: v.optional(v.picklist(PAGES)),
    subject: v.optional(v.pipe(v.string(), v.maxLength(512))),
  }),
  /** Opens one of the known pages in the browser; a screen never names an address itself. */
  openLink: v.object({
    link: v.picklist(['sandbox-phone', 'portal', 'documentation']),
    ssoSession: v.optional(ssoSession),
  }),
  /** Puts every setting back to its default; marks, profiles and secrets stay. */
  resetSettings: nothing,
  /** Opens the demo beside this app: an AWS and a home folder of its own. */
  openDemo: nothing,
  reloadFiles: nothing,
  quit: nothing,
  protectProfile: v.object({ profile, preview: v.optional(v.boolean()) }),
  unprotectProfile: v.object({ profile, preview: v.optional(v.boolean()) }),
  ...memberCommandInputs,
  ...careCommandInputs,
  ...settingsCommandInputs,
  ...profileCommandInputs,
} as const;

export type CommandName = keyof typeof commandInputs;
export type CommandInput<Name extends CommandName> = v.InferInput<(typeof commandInputs)[Name]>;
export type ParsedCommand<Name extends CommandName> = v.InferOutput<(typeof commandInputs)[Name]>;

/** A change to a file before it is made: what it would do, secrets masked. */
export interface FilePreview {
  readonly file: string;
  /** Unified diff. */
  readonly diff: string;
  readonly applied: boolean;
}

/** What each command answers when it went well; those not named here answer nothing. */
interface CommandResults {
  detectRegion: { readonly region: string };
  addSsoSession: { readonly ssoSession: string };
  /** What was opened, fit to show: host and page, never the signed URL. */
  openConsole: { readonly shown: string };
  listOpeners: { readonly openers: readonly OpenerChoice[] };
  copyConsoleLink: { readonly clearsInSeconds: number };
  copyCredentials: { readonly format: string; readonly expiresAt: string; readonly clearsInSeconds: number };
  renewCredentials: { readonly expiresAt: string };
  renewForLongJob: LongJobFacts;
  listInstances: InstanceList;
  protectProfile: { readonly previews: readonly FilePreview[] };
  unprotectProfile: { readonly previews: readonly FilePreview[] };
  addAccessKey: { readonly arn: string; readonly accountId: string };
  addRoleProfile: { readonly previews: readonly FilePreview[] };
  listMfaDevices: { readonly devices: readonly MfaDeviceFact[] };
  beginMfaEnrolment: EnrolmentPicture;
  accessKeyFacts: {
    readonly accessKeyId: string;
    readonly userName: string;
    readonly createdAt: string | undefined;
    readonly rotation: RotationFact | undefined;
  };
  rotateAccessKey: RotationFact;
  checkSetup: { readonly findings: readonly SetupFinding[] };
  readGuide: GuideText;
  syncProfiles: SyncResult;
  editProfile: EditResult;
  makeDefaultProfile: EditResult;
  removeProfile: EditResult;
  viewProfile: ProfileView;
  undoEdit: EditResult;
  /** Newest first. */
  listEdits: { readonly edits: readonly EditEntry[] };
  setTokenMode: { readonly previews: readonly FilePreview[] };
  exportSetUp: ExportedSetUp;
  readSetUp: SetUpResult;
  importSetUp: SetUpResult;
  runDoctor: DoctorResult;
  /** `undoId` is for `undoEdit`; undefined for previews, and for what cannot be taken back. */
  applyFix: { readonly previews: readonly FilePreview[]; readonly undoId: string | undefined };
  testConnection: ConnectionResult;
  dataFolder: DataFolder;
  findImports: { readonly tools: readonly FoundImport[] };
  importFrom: ImportPreview;
}

export type CommandResult<Name extends CommandName> = Name extends keyof CommandResults ? CommandResults[Name] : null;

/** How a screen gives commands: through the preload bridge in Electron, through the loopback host in a browser. */
export type Execute = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
) => Promise<Reply<CommandResult<Name>>>;

/** Whether this text names a command. */
export function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commandInputs, name);
}
