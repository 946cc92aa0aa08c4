import type { FilePreview } from '../../../shared/commands.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import { changedOnly, type KeyFiles } from '../keys/key-files.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';

const SERIAL_KEYS = ['mfa_serial', `${KEPT_PREFIX}mfa_serial`];

/** What naming another device in all profiles would change. */
export async function previewSwapDevice(files: KeyFiles, from: string, to: string): Promise<readonly FilePreview[]> {
  const edit = swapInDocument(from, to);
  return changedOnly([await files.preview('config', edit), await files.preview('credentials', edit)]);
}

/** Names another device wherever the two files name this one, in protected profiles too. Doing it again changes nothing. */
export async function swapDevice(files: KeyFiles, from: string, to: string): Promise<void> {
  const edit = swapInDocument(from, to);
  for (const file of ['config', 'credentials'] as const) {
    if ((await files.preview(file, edit)).diff !== '') {
      await files.edit(file, edit);
    }
  }
}

function swapInDocument(from: string, to: string): (document: IniDocument) => IniDocument {
  return (document) =>
    document.sections.reduce<IniDocument>((now, { header }) => {
      const keys = SERIAL_KEYS.filter((key) => header !== undefined && now.get(header, key) === from);
      return keys.reduce<IniDocument>((changed, key) => changed.setKey(header ?? '', key, to), now);
    }, document);
}
