import type { ParsedCommand } from '../../../shared/commands.ts';
import type {
  EditEntry,
  EditResult,
  profileCommandInputs,
  ProfileView,
  SyncResult,
} from '../../../shared/profile-commands.ts';
import type { ProfileChange } from '../../session/profiles/profile-change.ts';
import { SETTABLE_KEYS } from '../../session/profiles/profile-keys.ts';
import type { SyncReport } from '../../session/profiles/profile-sync.ts';
import type { ViewedProfile } from '../../session/profiles/profile-view.ts';
import type { LoggedEdit } from '../../session/profiles/undo-log.ts';
import { shownKind, type FileNames } from '../profile-states.ts';
import { syncRequest } from '../sync-request.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type ProfileCare = Exclude<keyof typeof profileCommandInputs, 'exportSetUp' | 'readSetUp' | 'importSetUp'>;

/** Commands that keep profiles in order: the sync, edits, what was edited and its undoing, vault mode. */
export function profileCareHandlers(context: HandlerContext): HandlersOf<ProfileCare> {
  const { services, files, access } = context;
  return {
    async syncProfiles({ preview = false, roles, ...wish }) {
      const { sync } = services.care;
      const request = { ...syncRequest(wish), ...(roles === undefined ? {} : { roles }) };
      const report = await (preview ? sync.preview(request) : sync.apply(request, { tells: true }));
      await (preview ? undefined : files.load());
      return syncResult(report, !preview);
    },
    editProfile: ({ profile, changes, to, preview = false }) =>
      changeProfile(context, editOf(profile, changes, to), preview),
    makeDefaultProfile: ({ profile, preview = false }) =>
      changeProfile(context, { kind: 'make-default', profile }, preview),
    removeProfile: ({ profile, preview = false }) => changeProfile(context, { kind: 'delete', profile }, preview),
    viewProfile: async ({ profile }) => profileView(await services.profiles.view(profile), services.profiles.paths),
    async undoEdit({ id, preview = false }) {
      const { undoLog } = services.care;
      const result = preview ? shown(await undoLog.preview(id)) : await undoLog.undo(id);
      await (preview ? undefined : files.load());
      return result;
    },
    listEdits: async () => ({ edits: (await services.care.undoLog.list()).map(editEntry) }),
    async setTokenMode({ ssoSession, mode, preview = false }) {
      const { vault } = services.care;
      if (preview) {
        return { previews: await vault.preview(ssoSession, mode) };
      }
      const previews = await (mode === 'vault' ? vault.turnOn(ssoSession) : vault.turnOff(ssoSession));
      await files.load();
      await access.refresh();
      return { previews };
    },
  };
}

/** A screen is not the user's keyboard: keys that name programs or addresses are not taken from it. */
async function changeProfile(
  { services, files }: HandlerContext,
  change: ProfileChange,
  preview: boolean,
): Promise<EditResult> {
  const { editor } = services.care;
  const limits = { isTyped: false };
  if (preview) {
    return shown(await editor.preview(change, limits));
  }
  const edited = await editor.apply(change, limits);
  await files.load();
  return edited;
}

function shown(previews: EditResult['previews']): EditResult {
  return { previews, undoId: undefined };
}

function editOf(
  profile: string,
  changes: ParsedCommand<'editProfile'>['changes'],
  to: string | undefined,
): ProfileChange {
  const entries = Object.entries(changes);
  if (entries.length === 0 && to !== undefined) {
    return { kind: 'rename', profile, to };
  }
  return {
    kind: 'set',
    profile,
    to,
    set: Object.fromEntries(entries.flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
    remove: entries.flatMap(([key, value]) => (value === null ? [key] : [])),
  };
}

/** Nobody reads more of them, and there may be thousands. */
const MOST_NAMES = 50;
const MOST_EXAMPLES = 4;

function syncResult(report: SyncReport, applied: boolean): SyncResult {
  const { added, removed, renamed, unchanged, changedByUser, skipped, listedAt, options, previews, undoId } = report;
  return {
    added: added.length,
    removed: removed.length,
    renamed: renamed.length,
    unchanged,
    changedByUser: changedByUser.length,
    skipped,
    removedNames: removed.slice(0, MOST_NAMES),
    renames: renamed.slice(0, MOST_NAMES),
    changedNames: changedByUser.slice(0, MOST_NAMES),
    examples: examplesOf(report.named),
    listedAt,
    options,
    previews,
    undoId,
    applied,
  };
}

/** One of each account, as long as there are. */
function examplesOf(named: SyncReport['named']): SyncResult['examples'] {
  const first = new Map(named.toReversed().map((role) => [role.accountId, role]));
  return [...first.values()]
    .toReversed()
    .slice(0, MOST_EXAMPLES)
    .map(({ accountName, roleName, profile }) => ({ account: accountName, role: roleName, profile }));
}

function editEntry({ id, at, kind, subject, files, state }: LoggedEdit): EditEntry {
  return { id, at: at.toISOString(), what: kind, subject, file: files.join(', '), state };
}

function profileView({ awsCli, jsSdk, keys }: ViewedProfile, files: FileNames): ProfileView {
  return {
    awsCli: awsCli && shownKind(awsCli),
    jsSdk: jsSdk && shownKind(jsSdk),
    keys: keys.map(({ place, ...key }) => ({ ...key, file: place && files[place.file], line: place?.line })),
    settable: SETTABLE_KEYS,
  };
}
