import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmallFile } from '../../files/small-file.ts';
import { FileFailedError, systemErrorCode } from '../../files/file-errors.ts';
import { BadInputError } from '../../model/errors.ts';
import type { Surroundings } from '../ports.ts';

/** Where other tools keep what is read here. Nothing in these places is ever written. */
export interface ForeignPlaces {
  readonly leappFile: string;
  /** The first that is there counts. */
  readonly grantedFiles: readonly string[];
  readonly awsSsoFiles: readonly string[];
  readonly awsVaultKeyDir: string;
}

const LARGEST_BYTES = 32 * 1024 * 1024;
const LARGEST_TEXT_BYTES = 4 * 1024 * 1024;

/** The places of this user, by the variables that the tools themselves obey. */
export function foreignPlaces({ env, homeDir }: Pick<Surroundings, 'env' | 'homeDir'>): ForeignPlaces {
  const configDir = env['XDG_CONFIG_HOME'] || join(homeDir, '.config');
  const chosen = env['AWS_SSO_CONFIG'];
  return {
    leappFile: join(homeDir, '.Leapp', 'Leapp-lock.json'),
    grantedFiles: [join(homeDir, '.granted', 'config'), join(configDir, 'granted', 'config')],
    awsSsoFiles: [
      ...(chosen ? [chosen] : []),
      join(homeDir, '.aws-sso', 'config.yaml'),
      join(configDir, 'aws-sso', 'config.yaml'),
    ],
    awsVaultKeyDir: join(env['AWS_VAULT_FILE_DIR'] || join(homeDir, '.awsvault', 'keys')),
  };
}

/** The first file there is, and its text. Throws FileFailedError, and BadInputError for what is no text. */
export async function firstFile(
  files: readonly string[],
  maxBytes = LARGEST_TEXT_BYTES,
): Promise<{ readonly file: string; readonly text: string } | undefined> {
  for (const file of files) {
    const bytes = await readSmallFile(file, maxBytes);
    if (bytes !== undefined) {
      return { file, text: decode(file, bytes) };
    }
  }
  return undefined;
}

/** Leapp keeps thousands of sessions in one file. */
export function leappText(file: string): Promise<{ readonly file: string; readonly text: string } | undefined> {
  return firstFile([file], LARGEST_BYTES);
}

/** The names of files in a folder; undefined where there is none. Throws FileFailedError. */
export async function fileNames(folder: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw new FileFailedError(folder, 'read', error);
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new BadInputError(`${file} is not a text file.`, 'Check whether the other tool still reads it.', cause);
  }
}
