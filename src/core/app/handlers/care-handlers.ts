import type {
  careCommandInputs,
  DoctorFinding,
  DoctorResult,
  EditEntry,
  SyncResult,
  ToolDifference,
} from '../../../shared/care-commands.ts';
import type { FilePreview, ParsedCommand } from '../../../shared/commands.ts';
import type { PlacedFinding } from '../../session/doctor/finding.ts';
import type { DoctorReport } from '../../session/doctor/run-doctor.ts';
import type { ToolView } from '../../session/doctor/tool-views.ts';
import type { ProfileChange } from '../../session/profiles/profile-change.ts';
import type { SyncReport } from '../../session/profiles/profile-sync.ts';
import type { LoggedEdit } from '../../session/profiles/undo-log.ts';
import { syncRequest } from '../sync-request.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type CareCommand = Exclude<keyof typeof careCommandInputs, 'chooseSecretStore' | 'unlockSecretStore'>;
type Previews = { readonly previews: readonly FilePreview[] };

/** Commands that keep profiles, tokens and the machine in order. */
export function careHandlers(context: HandlerContext): HandlersOf<CareCommand> {
  return { ...profileCare(context), ...undoHandlers(context), ...machineCare(context) };
}

function profileCare(
  context: HandlerContext,
): HandlersOf<'syncProfiles' | 'editProfile' | 'makeDefaultProfile' | 'removeProfile'> {
  const { services, files } = context;
  return {
    async syncProfiles({ preview = false, ...wish }) {
      const { sync } = services.care;
      const report = await (preview ? sync.preview(syncRequest(wish)) : sync.apply(syncRequest(wish)));
      await (preview ? undefined : files.load());
      return syncResult(report, services.profiles.paths.config, !preview);
    },
    editProfile: ({ profile, changes, preview = false }) =>
      changeProfile(context, { kind: 'set', profile, ...setAndRemoved(changes) }, preview),
    makeDefaultProfile: ({ profile, preview = false }) =>
      changeProfile(context, { kind: 'make-default', profile }, preview),
    removeProfile: ({ profile, preview = false }) => changeProfile(context, { kind: 'delete', profile }, preview),
  };
}

/** A screen is not the user's keyboard: keys that name programs or addresses are not taken from it. */
async function changeProfile(
  { services, files }: HandlerContext,
  change: ProfileChange,
  preview: boolean,
): Promise<Previews> {
  const { editor } = services.care;
  const limits = { isTyped: false };
  if (preview) {
    return { previews: await editor.preview(change, limits) };
  }
  const { previews } = await editor.apply(change, limits);
  await files.load();
  return { previews };
}

function setAndRemoved(changes: ParsedCommand<'editProfile'>['changes']): {
  readonly set: Record<string, string>;
  readonly remove: string[];
} {
  const entries = Object.entries(changes);
  return {
    set: Object.fromEntries(entries.flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
    remove: entries.flatMap(([key, value]) => (value === null ? [key] : [])),
  };
}

function undoHandlers({ services, files }: HandlerContext): HandlersOf<'undoEdit' | 'listEdits'> {
  return {
    async undoEdit({ id, preview = false }) {
      const { undoLog } = services.care;
      const previews = await (preview ? undoLog.preview(id) : undoLog.undo(id));
      await (preview ? undefined : files.load());
      return { previews };
    },
    async listEdits() {
      const edits = await services.care.undoLog.list();
      return { edits: edits.filter(({ state }) => state === 'done').map(editEntry) };
    },
  };
}

function machineCare({
  services,
  files,
  access,
  signal,
}: HandlerContext): HandlersOf<'setTokenMode' | 'runDoctor' | 'applyFix'> {
  const reload = async (): Promise<void> => {
    await files.load();
    await access.refresh();
  };
  return {
    async setTokenMode({ ssoSession, mode, preview = false }) {
      const { vault } = services.care;
      if (preview) {
        return { previews: await vault.preview(ssoSession, mode) };
      }
      const previews = await (mode === 'vault' ? vault.turnOn(ssoSession) : vault.turnOff(ssoSession));
      await reload();
      return { previews };
    },
    async runDoctor({ offline = false }) {
      await services.secretStore.refresh();
      return doctorResult(await services.care.doctor.run({ offline, signal }));
    },
    async applyFix({ findingId, preview = false }) {
      const { doctor } = services.care;
      const { previews, undoId } = await (preview ? doctor.previewFix(findingId) : doctor.applyFix(findingId));
      await (preview ? undefined : reload());
      return { previews, undoId };
    },
  };
}

function syncResult(
  { added, removed, renamed, unchanged, previews }: SyncReport,
  file: string,
  applied: boolean,
): SyncResult {
  const counts = { added: added.length, removed: removed.length, renamed: renamed.length, unchanged };
  return { ...counts, file, diff: previews.map(({ diff }) => diff).join('\n'), applied };
}

function editEntry({ id, at, kind, subject, files }: LoggedEdit): EditEntry {
  return { id, at: at.toISOString(), what: kind, subject, file: files.join(', ') };
}

/** What the doctor found, as screens and scripts get it. */
export function doctorResult({ findings, views }: DoctorReport): DoctorResult {
  return {
    findings: findings.map(doctorFinding),
    differences: views
      .filter(({ agree }) => !agree)
      .map(({ profile, awsCli, jsSdk }) => ({ profile, awsCli: shownKind(awsCli), jsSdk: shownKind(jsSdk) })),
  };
}

function doctorFinding({ id, area, severity, title, why, hint, file, line, about, fix }: PlacedFinding): DoctorFinding {
  return { id, area, severity, title, why, hint, file, line, about, canFix: fix !== undefined };
}

function shownKind(kind: ToolView['awsCli']): ToolDifference['awsCli'] {
  return kind === 'empty' ? 'settings-only' : kind;
}
