import type { AppState } from '../../src/shared/app-state.ts';
import type { CommandInput } from '../../src/shared/commands.ts';
import type { EditEntry, ProfileView, SetUpResult, SyncResult } from '../../src/shared/profile-commands.ts';
import { isoIn } from './fake-state.ts';

const CONFIG = '/home/ada/.aws/config';

function preview(applied: boolean, lines: string) {
  return { file: CONFIG, applied, diff: `--- config\n+++ config\n@@ -12,5 +12,6 @@\n${lines}` };
}

/** Two new profiles, one gone, one that the user changed. */
export function fakeSync(state: AppState, input: CommandInput<'syncProfiles'>): SyncResult {
  const template = input.template ?? '{account}-{role}';
  const named = (account: string, role: string): string =>
    template.replace('{account}', account.replaceAll(' ', '-')).replace('{role}', role);
  const applied = input.preview !== true;
  return {
    added: 27,
    removed: 1,
    renamed: 1,
    unchanged: 14,
    changedByUser: 2,
    skipped: 0,
    removedNames: ['Old-Sandbox-PowerUserAccess'],
    renames: [{ from: 'Stage-ReadOnlyAccess', to: 'Staging-ReadOnlyAccess' }],
    changedNames: ['admin', 'prod-read'],
    examples: [
      ['Production', 'AdministratorAccess'],
      ['Staging', 'DeveloperAccess'],
      ['Data Platform', 'DataEngineer'],
    ].map(([account = '', role = '']) => ({ account, role, profile: named(account, role) })),
    listedAt: state.directories[input.ssoSession]?.refreshedAt,
    options: {
      template,
      include: input.include ?? [],
      exclude: input.exclude ?? [{ account: '*Sandbox*', role: '*' }],
      prune: input.prune ?? 'vanished',
      region: input.region ?? '',
      output: input.output ?? '',
    },
    previews: [
      preview(
        applied,
        ` \n-[profile Old-Sandbox-PowerUserAccess]\n-sso_session = ${input.ssoSession}\n+[profile ${named('Production', 'AdministratorAccess')}]\n+sso_session = ${input.ssoSession}\n+sso_account_id = 111122223333\n+sso_role_name = AdministratorAccess\n`,
      ),
    ],
    undoId: applied ? '8' : undefined,
    applied,
  };
}

/** A profile with one key that only botocore reads, and one secret. */
export function fakeView(profile: string): ProfileView {
  const key = (name: string, value: string, line: number) => ({
    name,
    isSecret: false,
    awsCli: value,
    jsSdk: value,
    agree: true,
    file: CONFIG,
    line,
  });
  const keys = [
    key('sso_session', 'acme', 13),
    key('sso_account_id', '222233334444', 14),
    key('sso_role_name', 'AdministratorAccess', 15),
    { ...key('region', 'ap-northeast-1', 16), jsSdk: undefined, agree: false },
    key('sso_region', 'eu-central-1', 5),
  ];
  return {
    awsCli: profile === 'legacy-tools' ? undefined : 'sso',
    jsSdk: 'sso',
    keys: profile === 'assume-only' ? [{ ...key('aws_secret_access_key', '', 5), isSecret: true }] : keys,
    settable: [
      { key: 'region', choices: undefined },
      { key: 'output', choices: ['json', 'text', 'table'] },
      { key: 'sso_session', choices: undefined },
      { key: 'sso_account_id', choices: undefined },
      { key: 'sso_role_name', choices: undefined },
      { key: 'retry_mode', choices: ['legacy', 'standard', 'adaptive'] },
    ],
  };
}

/** What an edit of any profile would do. */
export function fakeEdit({ preview: isPreview = false }: { readonly preview?: boolean }) {
  return {
    previews: [
      preview(!isPreview, ' sso_role_name = AdministratorAccess\n-region = ap-northeast-1\n+region = eu-west-1\n'),
    ],
    undoId: isPreview ? undefined : '9',
  };
}

/** One of each state. */
export function fakeEdits(nowMs: number): { readonly edits: readonly EditEntry[] } {
  const entry = (
    id: string,
    minutes: number,
    what: EditEntry['what'],
    subject: string,
    state: EditEntry['state'],
  ): EditEntry => ({
    id,
    at: isoIn(nowMs, minutes),
    what,
    subject,
    file: CONFIG,
    state,
  });
  return {
    edits: [
      entry('8', -2, 'sync-profiles', 'acme', 'done'),
      entry('7', -34, 'edit-profile', 'admin', 'done'),
      entry('6', -90, 'vault-on', 'globex', 'by-its-own-switch'),
      entry('5', -300, 'make-default', 'admin', 'undone'),
      entry('4', -9000, 'rename-profile', 'prod-read', 'copies-gone'),
    ],
  };
}

const SHA256 = '3f6b1c5f0a9e4d7c8b2a1f0e9d8c7b6a5f4e3d2c1b0a9f8e7d6c5b4a3f2e1d0c';

/** A set-up as it is given out. */
export function fakeExport({ save = false }: CommandInput<'exportSetUp'>) {
  const text = `${JSON.stringify({ format: 'rolecall-set-up', version: 1, ssoSessions: [{ name: 'acme', startUrl: 'https://acme.awsapps.com/start', region: 'eu-central-1' }] }, null, 2)}\n`;
  return { text, sha256: SHA256, savedAs: save ? '/home/ada/Downloads/rolecall-set-up.json' : undefined };
}

/** A set-up with something new, something known, and something else of a name that is here. */
export function fakeSetUp(): SetUpResult {
  return {
    sha256: SHA256,
    host: 'team.acme.example',
    items: [
      { kind: 'sso-session', name: 'acme', action: 'same', why: undefined },
      { kind: 'sso-session', name: 'initech', action: 'add', why: undefined },
      { kind: 'profile', name: 'admin', action: 'conflict', why: 'There is another profile admin here.' },
      { kind: 'profile-sync', name: 'initech', action: 'add', why: undefined },
    ],
    marks: 12,
    guardRules: [{ account: '*prod*', role: 'Admin*' }],
    previews: [
      preview(
        false,
        '+[sso-session initech]\n+sso_start_url = https://initech.awsapps.com/start\n+sso_region = us-east-1\n',
      ),
    ],
    undoId: undefined,
  };
}
