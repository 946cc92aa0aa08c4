import * as v from 'valibot';
import type { LongTermKey, SigningCredentials, TemporaryCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';
import { CredentialProcessFailedError } from './errors.ts';
import { oneLine } from './one-line.ts';
import { splitCommand } from './split-command.ts';
import type { ProgramOutcome, RunProgram } from './program-runner.ts';

/** How long a `credential_process` may take, a question to the user included. */
export const CREDENTIAL_PROCESS_TIMEOUT_MS = 60_000;
/** What credentials without `Expiration` are taken to hold for: then the command is asked again. */
export const UNDATED_LIFETIME_MS = 20 * 60_000;
/** Names the profiles whose commands led to this process, so that a script which calls us back is noticed. */
export const RESOLVING_VARIABLE = 'ROLECALL_RESOLVING';

const fieldText = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/), v.maxLength(16_384));

/** The contract of `credential_process`. Unknown keys are ignored. Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
const ReplySchema = v.object({
  Version: v.literal(1),
  AccessKeyId: fieldText,
  SecretAccessKey: fieldText,
  SessionToken: v.nullish(fieldText),
  Expiration: v.nullish(
    v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/),
      v.check((text) => Number.isFinite(Date.parse(text))),
    ),
  ),
  AccountId: v.nullish(v.string()),
});

/** What it takes to run a `credential_process`. */
export interface CredentialProcessCall {
  readonly profile: string;
  readonly command: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly env: Readonly<Record<string, string | undefined>>;
  /** By AWS's clock. */
  readonly now: () => Date;
  readonly run: RunProgram;
  readonly signal: AbortSignal;
}

/**
 * Runs the `credential_process` of a profile as botocore does and reads its answer. Throws CredentialProcessFailedError.
 *
 * A key without session token comes back as the long-term key it is; a session without `Expiration` is good for 20 minutes, after which
 * the command is asked again.
 */
export async function runCredentialProcess(call: CredentialProcessCall): Promise<SigningCredentials> {
  const words = splitCommand(call.command, call.platform);
  if (words === undefined) {
    throw new CredentialProcessFailedError(call.profile, 'its command line is empty or leaves a quotation mark open.');
  }
  const outcome = await call.run({
    words,
    env: { ...call.env, [RESOLVING_VARIABLE]: resolvingNow(call) },
    timeoutMs: CREDENTIAL_PROCESS_TIMEOUT_MS,
    signal: call.signal,
  });
  return parseReply(call, stdoutOf(call.profile, outcome));
}

function resolvingNow(call: CredentialProcessCall): string {
  const before = profilesBeingResolved(call.env);
  if (before.includes(call.profile)) {
    throw new CredentialProcessFailedError(call.profile, 'it asks for the credentials of this same profile again.');
  }
  return JSON.stringify([...before, call.profile]);
}

function profilesBeingResolved(env: CredentialProcessCall['env']): readonly string[] {
  try {
    return v.parse(v.array(v.string()), JSON.parse(env[RESOLVING_VARIABLE] ?? '[]'));
  } catch {
    return [];
  }
}

function stdoutOf(profile: string, outcome: ProgramOutcome): string {
  switch (outcome.kind) {
    case 'not-started':
      throw new CredentialProcessFailedError(profile, `${outcome.reason}.`);
    case 'timed-out':
      throw new CredentialProcessFailedError(
        profile,
        `it gave no answer within ${CREDENTIAL_PROCESS_TIMEOUT_MS / 1000} seconds.`,
      );
    case 'too-much-output':
      throw new CredentialProcessFailedError(profile, 'it printed more than a megabyte.');
    case 'ended':
      if (outcome.exitCode !== 0) {
        const said = oneLine(outcome.stderr);
        throw new CredentialProcessFailedError(
          profile,
          said === '' ? `it ended with exit code ${outcome.exitCode} and said nothing.` : `it says: ${said}`,
        );
      }
      return outcome.stdout;
  }
}

function parseReply(call: CredentialProcessCall, stdout: string): SigningCredentials {
  const parsed = v.safeParse(ReplySchema, parseJson(call.profile, stdout));
  if (!parsed.success) {
    const field = parsed.issues[0].path?.[0]?.key;
    const what =
      typeof field === 'string'
        ? `the field ${field} of its answer is missing or wrong`
        : 'its answer is no JSON object';
    throw new CredentialProcessFailedError(call.profile, `${what}.`);
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId } = parsed.output;
  const key: LongTermKey = { accessKeyId: AccessKeyId, secretAccessKey: new Secret(SecretAccessKey) };
  if (SessionToken === undefined || SessionToken === null) {
    return key;
  }
  const expiresAt = new Date(Expiration ?? call.now().getTime() + UNDATED_LIFETIME_MS);
  if (expiresAt <= call.now()) {
    throw new CredentialProcessFailedError(call.profile, 'it returned credentials that have expired already.');
  }
  const account = /^\d{12}$/.test(AccountId ?? '') ? { accountId: AccountId ?? '' } : {};
  return { ...key, sessionToken: new Secret(SessionToken), expiresAt, ...account } satisfies TemporaryCredentials;
}

function parseJson(profile: string, stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    // The parser's own message quotes the text, which may be half a secret.
    throw new CredentialProcessFailedError(profile, 'its answer is no JSON.');
  }
}
