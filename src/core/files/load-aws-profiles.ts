import type { AwsFileKind, AwsProfiles, ProfileProblem } from '../model/profile.ts';
import type { AwsPaths } from './aws-paths.ts';
import { decodeAwsText } from './aws-file-snapshot.ts';
import { readAwsProfiles } from './effective-profiles.ts';
import { FileFailedError } from './file-errors.ts';
import { readSmallFile } from './small-file.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** The two files' texts as they are now, '' for one that is not there or cannot be read. */
export interface AwsFileTexts {
  readonly config: string;
  readonly credentials: string;
  readonly problems: readonly ProfileProblem[];
}

/** Reads both files and puts the profiles together. Never throws for what is in the files: that is told in `problems`. */
export async function loadAwsProfiles(paths: Pick<AwsPaths, 'configFile' | 'credentialsFile'>): Promise<AwsProfiles> {
  const { config, credentials, problems } = await readAwsFileTexts(paths);
  const read = readAwsProfiles(config, credentials);
  return { ...read, problems: [...problems, ...read.problems] };
}

/** Reads both files' texts, for `readAwsProfiles` and `readStaticKey`. The credentials file's holds secrets: keep it no longer than needed. */
export async function readAwsFileTexts(paths: Pick<AwsPaths, 'configFile' | 'credentialsFile'>): Promise<AwsFileTexts> {
  const [config, credentials] = await Promise.all([
    readText(paths.configFile, 'config'),
    readText(paths.credentialsFile, 'credentials'),
  ]);
  return {
    config: config.text,
    credentials: credentials.text,
    problems: [...config.problems, ...credentials.problems],
  };
}

/** The text of one of the two files as it is now, '' for one that is not there or cannot be read. That of the credentials file holds secrets. */
export async function readAwsFileText(
  { configFile, credentialsFile }: Pick<AwsPaths, 'configFile' | 'credentialsFile'>,
  file: AwsFileKind,
): Promise<string> {
  return (await readText(file === 'config' ? configFile : credentialsFile, file)).text;
}

async function readText(
  path: string,
  file: AwsFileKind,
): Promise<{ readonly text: string; readonly problems: readonly ProfileProblem[] }> {
  try {
    const bytes = (await readSmallFile(path, MAX_BYTES)) ?? new Uint8Array();
    const text = decodeAwsText(bytes);
    return text === undefined
      ? { text: Buffer.from(bytes).toString('utf8'), problems: [notUtf8(file)] }
      : { text, problems: [] };
  } catch (error) {
    if (error instanceof FileFailedError) {
      return { text: '', problems: [unreadable(error, file)] };
    }
    throw error;
  }
}

function notUtf8(file: AwsFileKind): ProfileProblem {
  return {
    code: 'not-utf8',
    severity: 'error',
    message: `The ${file} file holds bytes that are not UTF-8. The AWS CLI and boto3 then cannot read the file at all.`,
    hint: 'Open it in an editor and save it as UTF-8.',
    tools: ['aws-cli'],
    file,
  };
}

function unreadable(error: FileFailedError, file: AwsFileKind): ProfileProblem {
  return {
    code: 'unreadable',
    severity: 'error',
    message: error.message,
    hint: error.hint,
    tools: ['aws-cli', 'js-sdk'],
    file,
  };
}
