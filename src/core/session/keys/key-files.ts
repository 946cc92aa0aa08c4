import type { FilePreview } from '../../../shared/commands.ts';
import { resolveTarget } from '../../files/atomic-file.ts';
import {
  editAwsFile,
  planAwsEdit,
  type AwsEditOptions,
  type AwsFileEditorDeps,
  type EditResult,
  type IniEdit,
} from '../../files/aws-file-editor.ts';
import type { AwsPaths } from '../../files/aws-paths.ts';
import { readAwsProfiles } from '../../files/effective-profiles.ts';
import { readAwsFileTexts, type AwsFileTexts } from '../../files/load-aws-profiles.ts';
import type { Clock } from '../../model/clock.ts';
import { unknownProfile } from '../../model/did-you-mean.ts';
import type { AwsFileKind, AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import { findReferenced } from './helper-line.ts';
import { sealedCopies, type SealedCopies } from './sealed-copies.ts';

/** What changes of `~/.aws` that concern keys work with. */
export interface KeyFileParts {
  readonly paths: Pick<AwsPaths, 'configFile' | 'credentialsFile'>;
  readonly lockDir: string;
  readonly clock: Clock;
  readonly store: SecretStore;
  /** How long an edit looks out for foreign writers; for tests. */
  readonly settleMs?: number;
}

/** The two files, as changes that concern keys see and edit them: with copies in the secret store. */
export interface KeyFiles {
  readonly sealed: SealedCopies;
  readonly deps: AwsFileEditorDeps;
  readTexts(): Promise<AwsFileTexts>;
  readProfiles(): Promise<AwsProfiles>;
  pathOf(file: AwsFileKind): string;
  /** The path behind links, by which copies are named. */
  targetOf(file: AwsFileKind): Promise<string>;
  edit(file: AwsFileKind, edit: IniEdit, options?: AwsEditOptions): Promise<EditResult>;
  preview(file: AwsFileKind, edit: IniEdit): Promise<FilePreview>;
}

/** Opens the two files for such changes. */
export function keyFiles(parts: KeyFileParts): KeyFiles {
  const { paths, lockDir, clock, store, settleMs } = parts;
  const sealed = sealedCopies(store, clock);
  const deps: AwsFileEditorDeps = { lockDir, clock, backups: sealed, ...(settleMs === undefined ? {} : { settleMs }) };
  const pathOf = (file: AwsFileKind): string => (file === 'config' ? paths.configFile : paths.credentialsFile);
  const readTexts = (): Promise<AwsFileTexts> => readAwsFileTexts(paths);
  return {
    sealed,
    deps,
    readTexts,
    pathOf,
    readProfiles: async () => {
      const { config, credentials } = await readTexts();
      return readAwsProfiles(config, credentials);
    },
    targetOf: (file) => resolveTarget(pathOf(file)).catch(() => pathOf(file)),
    edit: (file, edit, options) => editAwsFile(deps, pathOf(file), edit, options),
    async preview(file, edit) {
      const { path, diff } = await planAwsEdit(deps, pathOf(file), edit);
      return { file: path, diff, applied: false };
    },
  };
}

/** A profile by its name or reference. Throws NotFoundError. */
export function requireProfile(profiles: AwsProfiles, reference: string): EffectiveProfile {
  const found = findReferenced(profiles.profiles, reference);
  if (found === undefined) {
    throw unknownProfile(reference, profiles.profiles);
  }
  return found;
}

/** Previews without the files that stay as they are. */
export function changedOnly(previews: readonly FilePreview[]): readonly FilePreview[] {
  return previews.filter(({ diff }) => diff !== '');
}
