import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountState, DirectoryState } from '../../../../src/shared/app-state.ts';
import type { AwsFileEditorDeps } from '../../../../src/core/files/aws-file-editor.ts';
import { folderBackups } from '../../../../src/core/files/aws-file-backups.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { profileFiles, type ProfileFiles } from '../../../../src/core/session/profiles/profile-files.ts';
import { UndoLog } from '../../../../src/core/session/profiles/undo-log.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

/** The two files in a scratch home, with what changes them. */
export interface ProfileSide {
  readonly home: string;
  readonly configFile: string;
  readonly credentialsFile: string;
  readonly rolecallHome: string;
  readonly lockDir: string;
  readonly editor: AwsFileEditorDeps;
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  readonly lines: string[];
  config(): Promise<string>;
  credentials(): Promise<string>;
}

/** Sets it up. A file that is undefined is not there. */
export async function profileSide(config?: string, credentials?: string): Promise<ProfileSide> {
  const home = await scratchFolder();
  const [configFile, credentialsFile] = [join(home, '.aws', 'config'), join(home, '.aws', 'credentials')];
  await mkdir(join(home, '.aws'), { mode: 0o700 });
  for (const [path, text] of [
    [configFile, config],
    [credentialsFile, credentials],
  ] as const) {
    if (text !== undefined) {
      await writeFile(path, text, { mode: 0o600 });
    }
  }
  const rolecallHome = join(home, 'rolecall');
  const lockDir = join(rolecallHome, 'locks');
  const clock = systemClock();
  const editor = { lockDir, clock, settleMs: 0, backups: folderBackups(join(rolecallHome, 'backups'), clock) };
  const lines: string[] = [];
  return {
    home,
    configFile,
    credentialsFile,
    rolecallHome,
    lockDir,
    editor,
    files: profileFiles({ paths: { configFile, credentialsFile }, editor }),
    undoLog: new UndoLog({
      path: join(rolecallHome, 'edits.json'),
      lockDir,
      editor,
      log: (line) => lines.push(line),
    }),
    lines,
    config: () => readFile(configFile, 'utf8'),
    credentials: () => readFile(credentialsFile, 'utf8'),
  };
}

/** An account as the directory keeps it. */
export function account(accountId: string, name: string, roles: readonly string[], stale = false): AccountState {
  return { accountId, name, email: '', roles, stale };
}

/** A directory that was read whole. */
export function directoryWith(
  accounts: readonly AccountState[],
  changes: Partial<DirectoryState> = {},
): DirectoryState {
  return {
    accounts,
    refreshedAt: '2026-11-23T12:00:00.000Z',
    progress: undefined,
    failure: undefined,
    changes: undefined,
    ...changes,
  };
}
