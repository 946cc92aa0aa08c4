import type { DoctorFinding, DoctorResult } from '../../src/shared/care-commands.ts';
import type { CommandResult } from '../../src/shared/commands.ts';

const CONFIG = '/home/ada/.aws/config';

function finding(id: string, code: DoctorFinding['code'], extra: Partial<DoctorFinding>): DoctorFinding {
  return {
    id,
    code,
    area: 'files',
    severity: 'warning',
    title: '',
    why: '',
    hint: '',
    file: undefined,
    line: undefined,
    about: undefined,
    canFix: false,
    ...extra,
  };
}

/** What a day with troubles looks like: something of every weight and area. */
export const FAKE_DOCTOR: DoctorResult = {
  findings: [
    finding('duplicate-section:config:40', 'duplicate-section', {
      severity: 'error',
      title:
        'Line 40 of the config file opens [profile admin] a second time. The AWS CLI and boto3 then cannot read the file at all.',
      why: 'Until it is mended every command of the AWS CLI and boto3 fails, whatever profile it names.',
      hint: 'Put the keys of both into one section, or rename one.',
      file: CONFIG,
      line: 40,
      canFix: true,
    }),
    finding('source-profile-missing:config:legacy-tools:source_profile:35', 'source-profile-missing', {
      severity: 'error',
      title: 'Profile “legacy-tools” takes its credentials from “missing”, which does not exist.',
      why: 'It stops the AWS CLI and boto3 and the JS SDK.',
      hint: 'Write a profile of that name, or change source_profile.',
      file: CONFIG,
      line: 35,
      about: { kind: 'profile', name: 'legacy-tools' },
    }),
    finding('unreachable:sts.eu-central-1.amazonaws.com', 'proxy-says-no', {
      severity: 'error',
      area: 'network',
      title: 'The proxy proxy.acme.example:3128 asks for a user name and password.',
      why: 'Signing in and getting credentials fail.',
      hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the user name and password in them.',
    }),
    finding('mode:/home/ada/.aws/credentials', 'mode-secret-readable', {
      area: 'modes',
      title: '/home/ada/.aws/credentials can be read by other users of this machine.',
      why: 'It holds keys or tokens, which give access to AWS to whoever reads them.',
      hint: 'Set its mode to 600.',
      file: '/home/ada/.aws/credentials',
      canFix: true,
    }),
    finding('registration-expired:acme', 'registration-expired', {
      area: 'caches',
      title: 'The client registration behind the sign-in to acme has ended.',
      why: 'The token cannot be renewed with it, so access ends when the token does.',
      hint: 'Sign in again: that makes a new registration.',
      file: '/home/ada/.aws/sso/cache/3f2a.json',
      about: { kind: 'sso-session', id: 'acme' },
    }),
    finding('secret-store:missing', 'secret-store-missing', {
      severity: 'info',
      area: 'secrets',
      title: 'This machine has no keyring.',
      why: 'Long-term keys, authenticator seeds and sign-ins in vault mode would be kept there.',
      hint: 'Secrets are forgotten when Rolecall ends; a passphrase keeps them.',
      about: { kind: 'secret-store' },
    }),
  ],
  differences: [
    { profile: 'with blank', awsCli: 'assume-role', jsSdk: undefined },
    { profile: 'prod-read', awsCli: 'sso', jsSdk: 'static' },
  ],
};

/** What the fix of a finding changes, or would. */
export function fakeFix(findingId: string, preview: boolean): CommandResult<'applyFix'> {
  const isMode = findingId.startsWith('mode:');
  return {
    undoId: preview ? undefined : '7',
    previews: [
      {
        file: isMode ? '/home/ada/.aws/credentials' : CONFIG,
        diff: isMode
          ? '-mode 0644\n+mode 0600\n'
          : `--- ${CONFIG}\n+++ ${CONFIG}\n@@ -12,2 +12,3 @@\n [profile admin]\n sso_session = acme\n+output = json\n@@ -40,3 +41,1 @@\n-[profile admin]\n-output = json\n region = eu-central-1\n`,
        applied: !preview,
      },
    ],
  };
}
