import type { FilePreview } from '../../../shared/commands.ts';
import type { EditKind } from '../../../shared/edit-kinds.ts';
import { BadInputError } from '../../model/errors.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import { requireProfile } from '../keys/key-files.ts';
import { newErrors } from './new-errors.ts';
import { planDelete } from './plan-delete.ts';
import { planMakeDefault } from './plan-default.ts';
import { planRename } from './plan-rename.ts';
import { planAdd, planSetKeys } from './plan-set-keys.ts';
import type { ChangeOf, ProfileChange } from './profile-change.ts';
import { asApplied, type FileEdit, type ProfileFiles } from './profile-files.ts';
import type { KeyLimits } from './profile-keys.ts';
import type { UndoLog } from './undo-log.ts';
import { vaultLines, type NewProfileParts } from './vault-line.ts';

/** What editing profiles works with. */
export interface ProfileEditorParts extends NewProfileParts {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
}

/** A change that was made. */
export interface ProfileEdited {
  readonly previews: readonly FilePreview[];
  /** For `UndoLog.undo`; undefined where nothing changed. */
  readonly undoId: string | undefined;
}

const EDIT_KIND: Readonly<Record<ProfileChange['kind'], EditKind>> = {
  add: 'edit-profile',
  set: 'edit-profile',
  rename: 'rename-profile',
  delete: 'delete-profile',
  'make-default': 'make-default',
};

/** Changes profiles in place, on the user's word: shown first, checked as a whole, undone if wanted. Never touches a secret's text. */
export class ProfileEditor {
  readonly #parts: ProfileEditorParts;

  constructor(parts: ProfileEditorParts) {
    this.#parts = parts;
  }

  /**
   * What the change would do. Throws NotFoundError, AlreadyExistsError, BadInputError for what cannot be written and for a change by which
   * a profile would stop working, and as the editor does.
   */
  async preview(change: ProfileChange, limits: KeyLimits): Promise<readonly FilePreview[]> {
    return this.#parts.files.preview(await this.#plan(change, limits));
  }

  /** Makes the change. Throws as `preview`; then nothing was written. */
  async apply(change: ProfileChange, limits: KeyLimits): Promise<ProfileEdited> {
    const { files, undoLog } = this.#parts;
    const edits = await this.#plan(change, limits);
    const previews = await files.preview(edits);
    const undo = await files.apply(edits);
    const undoId = await undoLog.record({ kind: EDIT_KIND[change.kind], subject: change.profile }, undo);
    return { previews: asApplied(previews), undoId };
  }

  async #plan(change: ProfileChange, limits: KeyLimits): Promise<readonly FileEdit[]> {
    const { files } = this.#parts;
    const before = await files.read();
    const edits = await this.#editsOf(before, change, limits);
    const after = await files.readAfter(edits);
    refuseBreaking(before, after, change);
    refuseWithoutEffect(after, change);
    return edits;
  }

  async #editsOf(profiles: AwsProfiles, change: ProfileChange, limits: KeyLimits): Promise<readonly FileEdit[]> {
    const { files, platform } = this.#parts;
    if (change.kind === 'add') {
      return planAdd(profiles, change, limits, vaultLines(this.#parts));
    }
    const profile = requireProfile(profiles, change.profile);
    switch (change.kind) {
      case 'set':
        return change.to === undefined || change.to === profile.name
          ? planSetKeys(profile, change, { ...limits, platform })
          : this.#setAndRename(profiles, change, change.to, limits);
      case 'rename':
        return planRename(profiles, profile, change.to, platform);
      case 'delete':
        return planDelete(profiles, profile, await files.readText('config'), platform);
      case 'make-default':
        return planMakeDefault(profiles, profile, this.#parts);
    }
  }

  /** The keys go where they go once the profile has its new name; of each file it is one edit. */
  async #setAndRename(
    profiles: AwsProfiles,
    change: ChangeOf<'set'>,
    to: string,
    limits: KeyLimits,
  ): Promise<readonly FileEdit[]> {
    const { files, platform } = this.#parts;
    const renames = planRename(profiles, requireProfile(profiles, change.profile), to, platform);
    const renamed = requireProfile(await files.readAfter(renames), to);
    const sets = planSetKeys(renamed, change, { ...limits, platform });
    return renames.map(({ file, edit }) => ({
      file,
      edit: (document) => sets.filter((set) => set.file === file).reduce((now, set) => set.edit(now), edit(document)),
    }));
  }
}

/** What the profile is called afterwards. */
function newName(change: ProfileChange): string {
  return change.kind === 'rename' || change.kind === 'set' ? (change.to ?? change.profile) : change.profile;
}

/** Throws BadInputError where the files would hold an error afterwards that they do not hold now. */
function refuseBreaking(before: AwsProfiles, after: AwsProfiles, change: ProfileChange): void {
  const to = newName(change);
  const nameBefore = (name: string): string => (name === to ? change.profile : name);
  const [broken] = newErrors(before, after, nameBefore);
  if (broken !== undefined) {
    const isOther = broken.profile !== undefined && broken.profile !== change.profile;
    const where = isOther ? ` (profile ${broken.profile})` : '';
    throw new BadInputError(`The change would break something${where}: ${broken.message}`, broken.hint);
  }
}

/** Throws BadInputError where the files are so that the change would not take effect. */
function refuseWithoutEffect(after: AwsProfiles, change: ProfileChange): void {
  const find = (wanted: string) => after.profiles.find(({ name }) => name === wanted);
  const to = newName(change);
  const isGone = change.kind === 'delete' || to !== change.profile;
  if (isGone && find(change.profile) !== undefined) {
    throw new BadInputError(
      `The profile ${change.profile} stands in the files more than once.`,
      'Put its sections together first.',
    );
  }
  const profile = find(to);
  const left = change.kind === 'set' ? change.remove.find((key) => profile?.keys.has(key.toLowerCase())) : undefined;
  if (left !== undefined) {
    throw new BadInputError(
      `${left} would still count for the profile ${change.profile}: the section [DEFAULT] sets it.`,
      'Change it there.',
    );
  }
}
