import type { DirectoryState } from '../../../shared/app-state.ts';
import type { FilePreview } from '../../../shared/commands.ts';
import { sectionMeaning } from '../../files/aws-sections.ts';
import { parseIni, type IniDocument } from '../../files/ini-document.ts';
import { BadInputError, NotFoundError } from '../../model/errors.ts';
import { helperLine } from '../keys/helper-line.ts';
import { followRenames } from './follow-renames.ts';
import { planProfileSync, roleIdentity, type SyncPlan, type SyncRole } from './plan-profile-sync.ts';
import { asApplied, type FileEdit, type ProfileFiles } from './profile-files.ts';
import { SyncMemory, type SyncMemoryParts } from './sync-memory.ts';
import { parseSyncOptions, pickRoles, prunable, selectRoles, type SyncOptions } from './sync-options.ts';
import type { UndoLog } from './undo-log.ts';
import type { NewProfileParts } from './vault-line.ts';

/** What keeping profiles in step with an Identity Center works with. */
export interface ProfileSyncParts extends NewProfileParts, SyncMemoryParts {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  /** Accounts and roles as last known, without asking AWS. */
  readonly directoryOf: (ssoSession: string) => Promise<DirectoryState>;
}

/** What a sync would do, or did. */
export interface SyncReport {
  /** What would change; once it is done what was changed, where that was asked for. */
  readonly previews: readonly FilePreview[];
  /** For `UndoLog.undo`; undefined before, and where nothing changed. */
  readonly undoId: string | undefined;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly unchanged: number;
  /** See `SyncPlan`. */
  readonly changedByUser: readonly string[];
  /** The roles that are wished and the names their profiles get, in the order of the accounts. */
  readonly named: readonly (SyncRole & { readonly profile: string })[];
  /** Roles that no profile can be made for: their account id or name is not as AWS's are. */
  readonly skipped: number;
  /** When the accounts were last read whole, ISO; undefined when never: then nothing is pruned. */
  readonly listedAt: string | undefined;
  readonly options: SyncOptions;
}

/** What is wanted; what is left out is as last time. */
export interface SyncRequest {
  readonly ssoSession: string;
  readonly options?: Partial<SyncOptions>;
  /**
   * Only these of the roles that are listed, whatever the rules say, which stay as they are for the next time. Those without a profile of
   * ours get one; none is taken away.
   */
  readonly roles?: readonly { readonly roleName: string; readonly accountIds: readonly string[] }[];
}

interface Prepared {
  readonly options: SyncOptions;
  readonly listedAt: string | undefined;
  readonly skipped: number;
  readonly roles: readonly SyncRole[];
  /** Whether the credentials file may name profiles. */
  readonly namesProfiles: boolean;
  /** The plan on any document; gives what the last one found. */
  plan(document: IniDocument): SyncPlan;
}

/** Keeps profiles of `~/.aws/config` in step with the accounts and roles of an Identity Center. */
export class ProfileSync {
  readonly #parts: ProfileSyncParts;
  readonly #memory: SyncMemory;

  constructor(parts: ProfileSyncParts) {
    this.#parts = parts;
    this.#memory = new SyncMemory(parts);
  }

  /** The options of the last time, or the defaults. */
  async options(ssoSession: string): Promise<SyncOptions> {
    return (await this.#memory.lastTime(ssoSession)).options;
  }

  /** The options of every Identity Center that was synced. */
  async allOptions(): Promise<ReadonlyMap<string, SyncOptions>> {
    return new Map([...(await this.#memory.all())].map(([id, { options }]) => [id, options]));
  }

  /** Keeps options for the next time, without touching a profile. Throws BadInputError for a region that is none. */
  async setOptions(ssoSession: string, options: SyncOptions): Promise<void> {
    const { names } = await this.#memory.lastTime(ssoSession);
    await this.#memory.keep(ssoSession, { options: parseSyncOptions(options), names });
  }

  /**
   * What `apply` would do. Throws NotFoundError for an Identity Center without a section, BadInputError where its accounts were never read
   * and for a template or region that cannot be used, and as the editor does.
   */
  async preview(request: SyncRequest): Promise<SyncReport> {
    const prepared = await this.#prepare(request);
    const plans: SyncPlan[] = [];
    const { files } = this.#parts;
    const previews = await files.preview([planned(prepared, plans)]);
    const following = await files.preview(this.#following(prepared, plans));
    return report(prepared, plans, [...previews, ...following], undefined);
  }

  /**
   * Writes the profiles into our own block of the config file; `tells` also says what was changed, line by line. Throws as `preview`; then
   * nothing was written.
   */
  async apply(request: SyncRequest, { tells = false }: { readonly tells?: boolean } = {}): Promise<SyncReport> {
    const { files, undoLog } = this.#parts;
    const prepared = await this.#prepare(request);
    const plans: SyncPlan[] = [];
    const kept = this.#memory.keeping(request.ssoSession, prepared.options, () => decisive(plans)?.names);
    const edits = [planned(prepared, plans), ...this.#following(prepared, plans)];
    const undo = await files.apply(edits, { onWritten: kept.begin });
    const [undoId] = await Promise.all([
      undoLog.record({ kind: 'sync-profiles', subject: request.ssoSession }, undo),
      kept.end(),
    ]);
    return report(prepared, plans, tells ? await files.changes(undo) : [], undoId);
  }

  /** What `removeAll` would do. Throws as the editor does. */
  async previewRemoval(ssoSession: string): Promise<readonly FilePreview[]> {
    return this.#parts.files.preview([this.#removal(ssoSession)]);
  }

  /** Takes every profile of ours for this Identity Center away again. Throws as the editor does. */
  async removeAll(ssoSession: string): Promise<readonly FilePreview[]> {
    const previews = await this.previewRemoval(ssoSession);
    const undo = await this.#parts.files.apply([this.#removal(ssoSession)]);
    await this.#parts.undoLog.record({ kind: 'sync-profiles', subject: ssoSession }, undo);
    return asApplied(previews);
  }

  async #prepare({ ssoSession, options: changes = {}, roles: only }: SyncRequest): Promise<Prepared> {
    const { directoryOf, files, modeOf, helperPath, platform } = this.#parts;
    const last = await this.#memory.lastTime(ssoSession);
    const options = parseSyncOptions({ ...last.options, ...changes });
    const [directory, credentials] = await Promise.all([directoryOf(ssoSession), files.readText('credentials')]);
    if (directory.accounts.length === 0 && directory.refreshedAt === undefined) {
      throw new BadInputError(
        `The accounts of ${ssoSession} have not been read yet.`,
        'Sign in and refresh the list of accounts first.',
      );
    }
    const { roles, skipped } =
      only === undefined ? selectRoles(directory.accounts, options) : pickRoles(directory.accounts, only);
    const takenElsewhere = parseIni(credentials).sections.flatMap(({ header }) => header ?? []);
    const isVault = modeOf(ssoSession) === 'vault';
    const wish = {
      ssoSession,
      roles,
      takenElsewhere,
      mayPrune: prunable(directory, only === undefined ? options.prune : 'nothing'),
      template: options.template,
      region: options.region === '' ? undefined : options.region,
      output: options.output === '' ? undefined : options.output,
      lastNames: last.names,
      vaultLine: isVault ? (name: string) => helperLine(helperPath, name, platform) : undefined,
      platform,
    };
    return {
      options,
      skipped,
      roles,
      listedAt: directory.refreshedAt,
      namesProfiles: /source_profile|credential_process/i.test(credentials),
      plan(document) {
        requireSsoSession(document, ssoSession);
        return planProfileSync(document, wish);
      },
    };
  }

  /** What the credentials file says of profiles that the plan renamed. Only asked for once that is known. */
  #following({ namesProfiles }: Prepared, plans: readonly SyncPlan[]): readonly FileEdit[] {
    const { platform } = this.#parts;
    const edit = (document: IniDocument): IniDocument =>
      followRenames(document, onceOnly(decisive(plans)?.renamed ?? []), platform);
    return namesProfiles ? [{ file: 'credentials', edit }] : [];
  }

  #removal(ssoSession: string): FileEdit {
    const nothing = { roles: [], takenElsewhere: [], lastNames: new Map<string, string>(), mayPrune: () => true };
    const wish = { ssoSession, platform: this.#parts.platform, ...nothing };
    return { file: 'config', edit: (document) => planProfileSync(document, wish).document };
  }
}

/** The edit, which notes each plan that it made. */
function planned(prepared: Prepared, plans: SyncPlan[]): FileEdit {
  return {
    file: 'config',
    edit(document) {
      const plan = prepared.plan(document);
      plans.push(plan);
      return plan.document;
    },
  };
}

/** Renames that can be followed again without effect: an old name that another profile has now would be followed twice. */
function onceOnly(renamed: SyncPlan['renamed']): ReadonlyMap<string, string> {
  const old = new Set(renamed.map(({ from }) => from));
  return new Map(renamed.filter(({ to }) => !old.has(to)).map(({ from, to }) => [from, to]));
}

function requireSsoSession(document: IniDocument, ssoSession: string): void {
  const isThere = document.sections.some(({ header }) => {
    const meaning = sectionMeaning(header ?? '', 'config');
    return meaning.kind === 'sso-session' && meaning.name === ssoSession;
  });
  if (!isThere) {
    throw new NotFoundError(
      `The config file has no [sso-session ${ssoSession}].`,
      'Profiles are made for Identity Centers with a section of their own. Add it first.',
    );
  }
}

/** The editor looks again after writing, where everything is done: what counts is the last look that found something to do. */
function decisive(plans: readonly SyncPlan[]): SyncPlan | undefined {
  return (
    plans.findLast(({ added, removed, renamed }) => added.length + removed.length + renamed.length > 0) ?? plans.at(-1)
  );
}

function report(
  { options, listedAt, skipped, roles }: Prepared,
  plans: readonly SyncPlan[],
  previews: readonly FilePreview[],
  undoId: string | undefined,
): SyncReport {
  const { names, ...plan } = decisive(plans) ?? NO_PLAN;
  const { added, removed, renamed, unchanged, changedByUser } = plan;
  const named: SyncReport['named'][number][] = [];
  for (const role of roles) {
    const profile = names.get(roleIdentity(role));
    if (profile !== undefined) {
      const { accountId, accountName, roleName } = role;
      named.push({ accountId, accountName, roleName, profile });
    }
  }
  const counts = { added, removed, renamed, unchanged, changedByUser, named };
  return { ...counts, previews, undoId, skipped, listedAt, options };
}

const NO_PLAN: Omit<SyncPlan, 'document'> = {
  added: [],
  removed: [],
  renamed: [],
  unchanged: 0,
  changedByUser: [],
  names: new Map(),
};
