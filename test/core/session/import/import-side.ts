import { createCipheriv, createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ToolImport } from '../../../../src/core/session/import/tool-import.ts';
import { ProfileSync } from '../../../../src/core/session/profiles/profile-sync.ts';
import { SetUpFile } from '../../../../src/core/session/profiles/set-up-file.ts';
import { createHttpTransport } from '../../../../src/core/aws/http-transport.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import type { Marks } from '../../../../src/shared/app-state.ts';
import { keptInMemory } from '../../../helpers/core-under-test.ts';
import { directoryWith, profileSide, type ProfileSide } from '../profiles/profile-side.ts';

/** The id of the machine that the tests' workspaces were made on. */
export const MACHINE_ID = 'c24b0fe51856497eebb6a2bfcd120247aac0d6334d670bb92e09a00ce8169365';

/** A home with other tools' files, and what imports from them. */
export interface ImportSide extends ProfileSide {
  readonly toolImport: ToolImport;
  readonly marks: { value: Readonly<Record<string, Marks>> };
  /** Writes a file of another tool, below the home folder. */
  put(path: string, text: string): Promise<void>;
}

/** Sets it up over this `~/.aws/config`. */
export async function importSide(config?: string, machineId = MACHINE_ID): Promise<ImportSide> {
  const side = await profileSide(config);
  const { files, undoLog, lockDir, rolecallHome, home } = side;
  const clock = systemClock();
  const marks = keptInMemory<Readonly<Record<string, Marks>>>({});
  const place = { helperPath: '/opt/rolecall/rolecall', platform: 'linux' as const, modeOf: () => 'shared' as const };
  const statePath = join(rolecallHome, 'profile-sync.json');
  const ground = { files, undoLog, ...place };
  const sync = new ProfileSync({ ...ground, statePath, lockDir, clock, directoryOf: async () => directoryWith([]) });
  const setUp = new SetUpFile({
    ...ground,
    sync,
    marks,
    guardRules: keptInMemory([]),
    downloadsDir: () => Promise.resolve(home),
    transport: createHttpTransport({ env: {}, clock }),
    env: {},
  });
  return {
    ...side,
    marks,
    toolImport: new ToolImport({
      surroundings: { env: {}, homeDir: home, platform: 'linux' },
      files,
      setUp,
      modeOf: place.modeOf,
      runProgram: () => Promise.resolve({ kind: 'not-started', reason: 'not in this test' }),
      machineId: () => Promise.resolve(machineId),
    }),
    async put(path, text) {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
  };
}

/** Seals a workspace as crypto-js does with a passphrase: OpenSSL's salted format. Written apart from what opens it. */
export function sealLeapp(workspace: unknown, machineId = MACHINE_ID): string {
  const salt = Buffer.from('0011223344556677', 'hex');
  const parts: Buffer[] = [];
  for (let last = Buffer.alloc(0); Buffer.concat(parts).length < 48; parts.push(last)) {
    last = createHash('md5')
      .update(Buffer.concat([last, Buffer.from(machineId), salt]))
      .digest();
  }
  const derived = Buffer.concat(parts);
  const cipher = createCipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(workspace), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from('Salted__'), salt, sealed]).toString('base64');
}
