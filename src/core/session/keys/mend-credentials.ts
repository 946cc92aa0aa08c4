import type { FilePreview } from '../../../shared/commands.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import { splitShellWords } from '../../files/shell-words.ts';
import { AlreadyExistsError } from '../../model/errors.ts';
import type { KeyFiles } from './key-files.ts';

/**
 * Mends `[profile x]` in the credentials file, which guides on the web show and every tool reads as a profile named "profile x": the
 * section becomes `[x]`. Where `[x]` is there too, its missing keys are taken over. Pure; doing it again changes nothing.
 *
 * Throws AlreadyExistsError where both hold the same key with different values.
 */
export function mendMisplacedProfiles(document: IniDocument): IniDocument {
  return document.sections.reduce<IniDocument>((now, { header }) => {
    const name = header === undefined ? undefined : misplacedName(header);
    return header === undefined || name === undefined ? now : mendSection(now, header, name);
  }, document);
}

/** What mending the credentials file would change, secrets masked; undefined when there is nothing to mend. */
export async function previewMending(files: KeyFiles): Promise<FilePreview | undefined> {
  const preview = await files.preview('credentials', mendMisplacedProfiles);
  return preview.diff === '' ? undefined : preview;
}

/** Mends the credentials file; undefined when there was nothing to mend. */
export async function mendCredentialsFile(files: KeyFiles): Promise<FilePreview | undefined> {
  const preview = await previewMending(files);
  if (preview !== undefined) {
    await files.edit('credentials', mendMisplacedProfiles);
  }
  return preview === undefined ? undefined : { ...preview, applied: true };
}

function misplacedName(header: string): string | undefined {
  const words = /^profile\s/.test(header) ? splitShellWords(header) : undefined;
  const name = words?.length === 2 ? words[1] : undefined;
  // Other names are not read alike by all tools, so their sections are left to the user.
  return name !== undefined && isSafeProfileName(name) ? name : undefined;
}

function mendSection(document: IniDocument, header: string, name: string): IniDocument {
  const target = document.section(name);
  if (target === undefined) {
    return document.renameSection(header, name);
  }
  const keys = document.section(header)?.entries.map((entry) => entry.name) ?? [];
  const clash = keys.find((key) => {
    const there = document.get(name, key);
    return there !== undefined && there !== document.get(header, key);
  });
  if (clash !== undefined) {
    throw new AlreadyExistsError(
      `The credentials file holds [${header}] and [${name}], and they differ in ${clash}.`,
      'Remove the one that is wrong.',
    );
  }
  const missing = keys.filter((key) => document.get(name, key) === undefined);
  const moved = missing.reduce<IniDocument>(
    (now, key) => now.setKey(name, key, document.get(header, key) ?? ''),
    document,
  );
  return moved.removeSection(header);
}
