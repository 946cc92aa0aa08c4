import * as v from 'valibot';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';
import { SourceUnavailableError } from './errors.ts';

const text = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/), v.maxLength(16_384));

/** What container and instance metadata services answer. */
const MetadataSchema = v.object({
  AccessKeyId: text,
  SecretAccessKey: text,
  Token: text,
  Expiration: v.pipe(
    v.string(),
    v.check((value) => Number.isFinite(Date.parse(value))),
  ),
});

/** Reads the answer of a metadata service. Throws SourceUnavailableError for anything else, and for what has ended. */
export function parseMetadataCredentials(
  profile: string,
  from: string,
  body: Uint8Array,
  now: Date,
): TemporaryCredentials {
  const parsed = v.safeParse(MetadataSchema, parseJson(body));
  const expiresAt = new Date(parsed.success ? parsed.output.Expiration : Number.NaN);
  if (!parsed.success || !(expiresAt > now)) {
    throw new SourceUnavailableError(
      profile,
      `What ${from} answered for the profile ${profile} are no usable credentials.`,
      'Check the role that is attached there.',
    );
  }
  const { AccessKeyId, SecretAccessKey, Token } = parsed.output;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: new Secret(SecretAccessKey),
    sessionToken: new Secret(Token),
    expiresAt,
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
