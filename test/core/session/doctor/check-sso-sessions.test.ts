import { describe, expect, test } from 'vitest';
import { readAwsProfiles } from '../../../../src/core/files/effective-profiles.ts';
import { checkSsoSessions } from '../../../../src/core/session/doctor/check-sso-sessions.ts';

const START = 'https://corp.awsapps.com/start';
const PATHS = { configFile: '/h/config', credentialsFile: '/h/credentials' };
const check = (config: string) => checkSsoSessions(readAwsProfiles(config, '').ssoSessions, PATHS);
const profile = '[profile a]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = A\n';
const section = (scopes: string) =>
  `[sso-session corp]\nsso_start_url = ${START}\nsso_region = eu-central-1\n${scopes}\n`;

describe('Identity Centers in the config file', () => {
  test.each(['', 'sso_registration_scopes = sso:account:access', 'sso_registration_scopes = x:y, sso:account:access'])(
    'with the scopes %j are fine',
    (scopes) => {
      expect(check(section(scopes) + profile)).toEqual([]);
    },
  );

  test('without the scope for accounts are an error where profiles use them', () => {
    const scopes = 'sso_registration_scopes = codewhisperer:completions';
    expect(check(section(scopes) + profile)).toMatchObject([
      {
        id: 'sso-scope-missing:corp',
        severity: 'error',
        file: '/h/config',
        line: 1,
        about: { kind: 'sso-session', id: 'corp' },
      },
    ]);
    expect(check(section(scopes))).toEqual([]);
  });

  test('in the old form are told with their profiles, once', () => {
    const legacy = (name: string) =>
      `[profile ${name}]\nsso_start_url = ${START}\nsso_region = eu-central-1\nsso_account_id = 111111111111\nsso_role_name = A\n`;
    const [finding, ...others] = check(legacy('a') + legacy('b'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      id: `sso-legacy:${START}`,
      severity: 'info',
      line: 2,
      about: { kind: 'sso-session', id: START },
    });
    expect(finding?.title).toMatch(/^2 profiles name/);
    expect(check(legacy('a'))[0]?.title).toMatch(/^The profile a names/);
  });
});
