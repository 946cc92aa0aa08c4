import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderBackups, type BackupStore } from '../../../src/core/files/aws-file-backups.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import type { Clock } from '../../../src/core/model/clock.ts';
import { keyFiles, type KeyFiles } from '../../../src/core/session/keys/key-files.ts';
import { ProfileProtection } from '../../../src/core/session/keys/protect-profile.ts';
import { protectionRecords } from '../../../src/core/session/keys/protection-records.ts';
import { KeyRotation } from '../../../src/core/session/keys/rotate-key.ts';
import { rotationJournal } from '../../../src/core/session/keys/rotation-journal.ts';
import { storedKeys, type StoredKeys } from '../../../src/core/session/keys/stored-keys.ts';
import { stsPorts } from '../../../src/core/session/resolve/create-credential-service.ts';
import { startIamSide, type IamSide, type IamSideOptions } from './iam-side.ts';

export const HELPER = '/opt/Rolecall App/rolecall';

/** The IAM side with everything that changes keys. */
export interface KeySide extends IamSide {
  readonly files: KeyFiles;
  readonly keys: StoredKeys;
  readonly plainCopies: BackupStore;
  readonly protection: ProfileProtection;
  text(file: 'config' | 'credentials'): Promise<string>;
  rotation(clock?: Clock): KeyRotation;
}

/** Starts it over scratch files. File edits run by the machine's own clock: they wait for other writers in real time. */
export async function startKeySide(options: IamSideOptions = {}): Promise<KeySide> {
  const side = await startIamSide(options);
  const lockDir = join(side.home, 'rolecall', 'locks');
  const plainCopies = folderBackups(join(side.home, 'rolecall', 'backups'), systemClock());
  const files = keyFiles({
    paths: { configFile: join(side.home, 'config'), credentialsFile: join(side.home, 'credentials') },
    lockDir,
    clock: systemClock(),
    store: side.store,
    settleMs: 0,
  });
  const records = protectionRecords(join(side.home, 'rolecall', 'protections.json'), lockDir);
  const keys = storedKeys(side.store);
  const platform = 'linux' as const;
  return {
    ...side,
    files,
    keys,
    plainCopies,
    protection: new ProfileProtection({ files, keys, records, plainCopies, helperPath: HELPER, platform }),
    text: (file) => readFile(join(side.home, file), 'utf8'),
    rotation: (clock = side.clock) =>
      new KeyRotation({
        files,
        keys,
        platform,
        mfaRoles: side.services.mfaRoles,
        ...stsPorts(side.parts),
        env: side.parts.surroundings.env,
        journal: rotationJournal(side.store),
        clock,
      }),
  };
}
