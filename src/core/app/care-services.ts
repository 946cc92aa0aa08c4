import type { AwsNetwork } from '../aws/client-config.ts';
import type { AwsFileEditorDeps } from '../files/aws-file-editor.ts';
import type { AwsPaths } from '../files/aws-paths.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Surroundings } from '../session/ports.ts';
import { createProfileTools } from '../session/profiles/create-profile-tools.ts';
import type { VaultSessions } from '../session/profiles/vault-sessions.ts';
import { openKeptFiles } from './kept-files.ts';
import { lazyDoctor } from './lazy-doctor.ts';
import type { CareServices, DirectoryService, MachineServices, SecretStoreView } from './services.ts';

/** What the use cases that keep profiles and the machine in order are built on. */
export interface CareParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  readonly paths: AwsPaths;
  readonly editor: AwsFileEditorDeps;
  readonly secretStore: SecretStore;
  readonly storeView: Pick<SecretStoreView, 'status'>;
  readonly helperPath: string;
  readonly vaultSessions: VaultSessions;
  readonly directory: Pick<DirectoryService, 'kept'>;
}

/** Builds what keeps profiles, tokens and the machine in order. */
export function createCareServices(parts: CareParts): CareServices & Pick<MachineServices, 'toolImport'> {
  const { surroundings, storeView, directory } = parts;
  const { marks, settings } = openKeptFiles(surroundings);
  const { files, undoLog, sync, editor, vault, setUp } = createProfileTools({
    ...parts,
    directoryOf: (ssoSession) => directory.kept(ssoSession),
    marks,
    guardRules: {
      read: async () => (await settings.read()).guardRules,
      async update(change) {
        const written = await settings.update((now) => ({ ...now, guardRules: [...change(now.guardRules)] }));
        return written.guardRules;
      },
    },
  });
  const doctor = lazyDoctor({ ...parts, files, undoLog, vault, secretStore: () => storeView.status() });
  const modeOf = (ssoSession: string): 'shared' | 'vault' => parts.vaultSessions.modeOf(ssoSession);
  const toolImport: MachineServices['toolImport'] = async () => {
    const { createToolImport } = await import('../session/import/create-tool-import.ts');
    return createToolImport({ surroundings, files, setUp: await setUp(), modeOf });
  };
  return { sync, undoLog, editor, vault, setUp, doctor, toolImport };
}
