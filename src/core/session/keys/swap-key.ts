import type { IniDocument } from '../../files/ini-document.ts';
import type { LongTermKey } from '../../model/credentials.ts';
import { STORED_KEY } from '../resolve/profile-fields.ts';
import type { KeyFiles } from './key-files.ts';
import type { StoredKeys } from './stored-keys.ts';

/**
 * Puts one key in another's place wherever the two files name it, in plain or as the key of a protected profile. The new one is in the
 * store before a file names it. Doing it again changes nothing.
 */
export async function swapKey(files: KeyFiles, keys: StoredKeys, from: LongTermKey, to: LongTermKey): Promise<void> {
  if ((await keys.read(from.accessKeyId)) !== undefined) {
    await keys.write(to);
  }
  const edit = (document: IniDocument): IniDocument => swapInDocument(document, from, to);
  await files.edit('credentials', edit);
  await files.edit('config', edit);
}

function swapInDocument(document: IniDocument, from: LongTermKey, to: LongTermKey): IniDocument {
  return document.sections.reduce<IniDocument>((now, { header }) => {
    if (header === undefined) {
      return now;
    }
    const inPlain = now.get(header, 'aws_access_key_id') === from.accessKeyId;
    const isStored = now.get(header, STORED_KEY) === from.accessKeyId;
    const plain = inPlain
      ? now
          .setKey(header, 'aws_access_key_id', to.accessKeyId)
          .setKey(header, 'aws_secret_access_key', to.secretAccessKey.reveal())
      : now;
    return isStored ? plain.setKey(header, STORED_KEY, to.accessKeyId) : plain;
  }, document);
}
