import { chmod, rename } from 'node:fs/promises';
import type { Clock } from '../../model/clock.ts';
import { FileFailedError } from '../../files/file-errors.ts';
import type { FindingFix } from './finding.ts';

/** Does what a finding offers. Nothing is deleted: a broken file gets another name. Throws FileFailedError. */
export async function applyFix(fix: FindingFix, clock: Clock): Promise<void> {
  try {
    switch (fix.kind) {
      case 'restrict-mode':
        await chmod(fix.path, fix.mode);
        return;
      case 'set-aside-cache-file':
        await rename(fix.path, `${fix.path}.broken-${clock.now().getTime()}`);
    }
  } catch (error) {
    throw new FileFailedError(fix.path, 'written', error);
  }
}
