import { readFile } from 'node:fs/promises';
import { Secret } from '../../model/secret.ts';
import { SourceUnavailableError } from './errors.ts';

const MIN_LENGTH = 4;
const MAX_LENGTH = 20_000;

/** Reads an identity provider's token from its file, anew each time: whoever writes it changes it often. Throws SourceUnavailableError. */
export async function readWebIdentityToken(profile: string, tokenFile: string): Promise<Secret> {
  const text = await readFile(tokenFile, 'utf8').catch((error: unknown) => {
    throw unavailable(profile, tokenFile, 'cannot be read', error);
  });
  const token = text.trim();
  if (token.length < MIN_LENGTH || token.length > MAX_LENGTH || /\s/.test(token)) {
    throw unavailable(profile, tokenFile, 'holds no token');
  }
  return new Secret(token);
}

function unavailable(profile: string, tokenFile: string, what: string, cause?: unknown): SourceUnavailableError {
  return new SourceUnavailableError(
    profile,
    `The file ${tokenFile}, which the profile ${profile} names as web_identity_token_file, ${what}.`,
    'Have your identity provider write it again, or correct the path.',
    cause,
  );
}
