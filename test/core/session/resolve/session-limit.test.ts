import { expect, test } from 'vitest';
import type { ChainSource } from '../../../../src/core/session/resolve/chain-plan.ts';
import { planChain } from '../../../../src/core/session/resolve/plan-chain.ts';
import { sessionFacts } from '../../../../src/core/session/resolve/session-limit.ts';
import { readAwsProfiles } from '../../../../src/core/files/effective-profiles.ts';

const CONFIG = `
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
[profile from-sso]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = sso
duration_seconds = 43200
[profile from-key]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = key
mfa_serial = arn:aws:iam::111122223333:mfa/phone
[profile two-hops]
role_arn = arn:aws:iam::777788889999:role/Last
source_profile = from-key
[profile from-session]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = temporary
[profile process]
credential_process = /usr/bin/true
`;
const CREDENTIALS = `
[key]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[temporary]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = token
`;

test.each([
  ['sso', 'permission-set', 'corp'],
  ['from-sso', 'chained', 'corp'],
  ['from-key', 'role', undefined],
  ['two-hops', 'chained', undefined],
  ['from-session', 'chained', undefined],
  ['key', 'source', undefined],
  ['process', 'source', undefined],
])('the length of %s is decided by: %s', (profile, limit, ssoSession) => {
  const profiles = readAwsProfiles(CONFIG, CREDENTIALS);
  expect(sessionFacts(planChain({ profiles, platform: 'linux' }, profile))).toEqual({ limit, ssoSession });
});

test('a role assumed with a protected key is the user’s own, not chained', () => {
  const source: ChainSource = { kind: 'stored-key', profile: 'p', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
  const hop = planChain({ profiles: readAwsProfiles(CONFIG, CREDENTIALS), platform: 'linux' }, 'from-key').hops;
  expect(sessionFacts({ source, hops: hop }).limit).toBe('role');
});
