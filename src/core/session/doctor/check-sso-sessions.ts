import type { AwsPaths } from '../../files/aws-paths.ts';
import type { SsoSessionConfig } from '../../model/profile.ts';
import type { Finding } from './finding.ts';

/** What a token needs to list accounts and fetch credentials. */
const ACCOUNT_SCOPE = 'sso:account:access';

/**
 * Identity Centers written in a way that makes people sign in more often than they must, or to no avail.
 *
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html and https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function checkSsoSessions(
  sessions: readonly SsoSessionConfig[],
  paths: Pick<AwsPaths, 'configFile' | 'credentialsFile'>,
): readonly Finding[] {
  return sessions.flatMap((session) => {
    const file = session.place.file === 'config' ? paths.configFile : paths.credentialsFile;
    const place = { file, line: session.place.line, about: { kind: 'sso-session', id: session.name } } as const;
    if (session.kind === 'legacy') {
      return [{ ...legacyFinding(session), ...place }];
    }
    const lacksScope = session.scopes.length > 0 && !session.scopes.includes(ACCOUNT_SCOPE);
    return lacksScope && session.profiles.length > 0 ? [{ ...scopeFinding(session), ...place }] : [];
  });
}

function legacyFinding({ name, profiles }: SsoSessionConfig): Finding {
  const [first = '', ...others] = profiles;
  const who = others.length === 0 ? `The profile ${first} names` : `${profiles.length} profiles name`;
  return {
    id: `sso-legacy:${name}`,
    code: 'sso-legacy',
    severity: 'info',
    title: `${who} an Identity Center in the old way, by sso_start_url: ${name}`,
    why: 'A sign-in made for it cannot be renewed, so it ends after some hours in the middle of your work.',
    hint: 'Write an [sso-session] section with this start URL, and sso_session = its name in the profiles instead.',
  };
}

function scopeFinding({ name }: SsoSessionConfig): Finding {
  return {
    id: `sso-scope-missing:${name}`,
    code: 'sso-scope-missing',
    severity: 'error',
    title: `sso_registration_scopes of ${name} lacks ${ACCOUNT_SCOPE}.`,
    why: 'AWS then gives a token that may neither list accounts nor fetch credentials, however often you sign in.',
    hint: `Add ${ACCOUNT_SCOPE} to the list, or remove the line; then sign in again.`,
  };
}
