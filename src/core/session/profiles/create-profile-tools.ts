import { join } from 'node:path';
import type { DirectoryState, Marks } from '../../../shared/app-state.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { AwsFileEditorDeps } from '../../files/aws-file-editor.ts';
import type { AwsPaths } from '../../files/aws-paths.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { Surroundings } from '../ports.ts';
import { downloadsDir } from './downloads-dir.ts';
import { ProfileEditor } from './edit-profile.ts';
import { profileFiles, type ProfileFiles } from './profile-files.ts';
import { ProfileSync } from './profile-sync.ts';
import type { KeptPart, SetUpFile, SetUpFileParts } from './set-up-file.ts';
import type { RoleRule } from './sync-options.ts';
import { UndoLog } from './undo-log.ts';
import { VaultMode } from './vault-mode.ts';
import { VaultSessions } from './vault-sessions.ts';

/** What keeping profiles in order is built from. */
export interface ProfileToolsParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  readonly paths: AwsPaths;
  readonly editor: AwsFileEditorDeps;
  readonly secretStore: SecretStore;
  /** The absolute path of the helper for `credential_process` lines. */
  readonly helperPath: string;
  readonly vaultSessions: VaultSessions;
  /** Accounts and roles as last known, without asking AWS. */
  readonly directoryOf: (ssoSession: string) => Promise<DirectoryState>;
  readonly marks: KeptPart<Readonly<Record<string, Marks>>>;
  readonly guardRules: KeptPart<readonly RoleRule[]>;
}

/** The use cases of profiles. */
export interface ProfileTools {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  readonly sync: ProfileSync;
  readonly editor: ProfileEditor;
  readonly vault: VaultMode;
  /** Loaded when it is asked for: it takes part in no other work. */
  readonly setUp: () => Promise<SetUpFile>;
}

/** The list of Identity Centers in vault mode: needed before all that asks where a token is. */
export function openVaultSessions({ rolecallHome, clock }: Surroundings): VaultSessions {
  return new VaultSessions({
    path: join(rolecallHome, 'vault-sessions.json'),
    lockDir: lockDirOf(rolecallHome),
    clock,
  });
}

/** Puts the use cases of profiles together. */
export function createProfileTools(parts: ProfileToolsParts): ProfileTools {
  const { surroundings, network, paths, editor, secretStore, helperPath, vaultSessions } = parts;
  const { clock, env, log, platform, rolecallHome } = surroundings;
  const lockDir = lockDirOf(rolecallHome);
  const files = profileFiles({ paths, editor });
  const undoLog = new UndoLog({ path: join(rolecallHome, 'edits.json'), lockDir, editor, log });
  const place = { helperPath, platform, modeOf: (id: string) => vaultSessions.modeOf(id) };
  const ground = { files, undoLog, ...place };
  const { directoryOf, marks, guardRules } = parts;
  const statePath = join(rolecallHome, 'profile-sync.json');
  const sync = new ProfileSync({ ...ground, statePath, lockDir, clock, directoryOf });
  return {
    files,
    undoLog,
    sync,
    editor: new ProfileEditor(ground),
    vault: new VaultMode({
      ...ground,
      sessions: vaultSessions,
      secrets: secretStore,
      cache: { dir: paths.ssoCacheDir, clock },
      cliCacheDir: paths.cliCacheDir,
      lockDir,
      log,
    }),
    setUp: setUpLoader({
      ...ground,
      sync,
      marks,
      guardRules,
      env,
      transport: network.transport,
      downloadsDir: () => downloadsDir(surroundings),
    }),
  };
}

function setUpLoader(parts: SetUpFileParts): ProfileTools['setUp'] {
  const made: { setUp?: Promise<SetUpFile> } = {};
  return () => (made.setUp ??= import('./set-up-file.ts').then(({ SetUpFile: File }) => new File(parts)));
}

/** The folder of all locks of this user, those of tokens among them. */
function lockDirOf(rolecallHome: string): string {
  return join(rolecallHome, 'locks');
}
