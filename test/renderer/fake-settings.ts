import type { Settings } from '../../src/shared/settings.ts';
import type { ConnectionResult, DataFolder, FoundImport, ImportPreview } from '../../src/shared/settings-commands.ts';

/** Where the fake keeps its files. */
export const FAKE_FOLDER: DataFolder = {
  path: '/home/ada/.config/rolecall',
  cacheBytes: { directories: 182_300, activity: 41_900 },
};

/** Tools on the fake's machine: one that can be read, one that cannot. */
export const FAKE_IMPORTS: readonly FoundImport[] = [
  {
    tool: 'granted',
    file: '/home/ada/.granted/config',
    failure: undefined,
    ssoSessions: 1,
    profiles: 0,
    marks: 0,
    takeOvers: 2,
    keys: 0,
  },
  {
    tool: 'leapp',
    file: '/home/ada/.Leapp/Leapp-lock.json',
    failure: {
      code: 'bad-input',
      message: "Leapp's workspace cannot be opened with the id of this machine.",
      hint: 'It was made on another machine, or belongs to a team workspace. Import on the machine where Leapp runs.',
    },
    ssoSessions: 0,
    profiles: 0,
    marks: 0,
    takeOvers: 0,
    keys: 0,
  },
];

/** What importing would change. */
export function fakeImport(takeOver: boolean): ImportPreview {
  const added =
    '+[sso-session acme-prod]\n+sso_start_url = https://acme.awsapps.com/start\n+sso_region = eu-central-1\n';
  const taken =
    '-credential_process = granted credential-process --profile acme/Admin\n+sso_session = acme-prod\n+sso_account_id = 111122223333\n+sso_role_name = Admin\n';
  const diff = `--- /home/ada/.aws/config\n+++ /home/ada/.aws/config\n@@ -1,3 +1,7 @@\n [profile acme/Admin]\n${takeOver ? taken : ''} \n${added}`;
  return {
    previews: [{ file: '/home/ada/.aws/config', diff, applied: false }],
    markCount: 0,
    conflicts: [],
    keys: [],
    notes: ['The profile iam stays with Granted: its keys do not name a role of an Identity Center.'],
  };
}

/** A machine whose proxy asks for a password until one is kept; everything else answers. */
export function fakeConnection({ proxyMode, proxyUrl, proxySignsIn }: Settings): ConnectionResult {
  const hosts = ['oidc.eu-central-1.amazonaws.com', 'portal.sso.eu-central-1.amazonaws.com'];
  const proxies = proxyMode === 'manual' && proxyUrl !== '' ? [new URL(proxyUrl).host] : [];
  const isAsked = proxies.length > 0 && !proxySignsIn;
  return {
    hosts,
    proxies,
    findings: isAsked
      ? [
          {
            code: 'proxy-says-no',
            severity: 'error',
            title: `The proxy ${proxies.join('')} asks for a user name and password. The same goes for ${hosts[1]}.`,
            hint: 'Check the proxy in the settings, or HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the user name and password for it.',
          },
        ]
      : [],
  };
}
