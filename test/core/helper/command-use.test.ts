import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activityFile, readActivity } from '../../../src/core/app/activity-log.ts';
import { openKeptFiles } from '../../../src/core/app/kept-files.ts';
import type { CredentialService } from '../../../src/core/app/services.ts';
import { awsPaths } from '../../../src/core/files/aws-paths.ts';
import { loadAwsProfiles } from '../../../src/core/files/load-aws-profiles.ts';
import { commandUse } from '../../../src/core/helper/command-use.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { SignInNeededError } from '../../../src/core/session/errors.ts';
import { profileReference } from '../../../src/core/session/keys/helper-line.ts';
import type { PermissionQuestion } from '../../../src/core/session/ports.ts';
import { DirectoryStore } from '../../../src/core/session/sso/directory-store.ts';
import { findSsoSession } from '../../../src/core/session/sso/sso-session.ts';
import { targetKey, type RoleTarget } from '../../../src/shared/role-target.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

const ADMIN: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };
const HOSTILE = 'prod & $(x)';
const CONFIG = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1

[profile "${HOSTILE}"]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin

[profile by-line]
credential_process = /opt/rolecall credentials --sso-session corp --account 111122223333 --role Admin

[default]
credential_process = /opt/rolecall credentials --profile by-line

[profile round]
credential_process = /opt/rolecall credentials --profile about

[profile about]
credential_process = /opt/rolecall credentials --profile round
`;

/** A command without an app, on a machine where account 111122223333 is called Production. */
async function command(answer: 'accept' | 'refuse' = 'refuse', failure?: Error) {
  const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
  const { homeDir, rolecallHome, clock } = surroundings;
  await mkdir(join(homeDir, '.aws'));
  await writeFile(join(homeDir, '.aws', 'config'), CONFIG);
  const paths = awsPaths({}, homeDir, 'linux');
  const session = findSsoSession(await loadAwsProfiles(paths), 'corp');
  const account = { accountId: '111122223333', name: 'Production', email: '', roles: ['Admin'], stale: false };
  await new DirectoryStore(join(rolecallHome, 'directories'), clock, () => undefined).save(session, {
    startUrl: session.startUrl,
    accounts: new Map([[account.accountId, { account, checkedAtMs: 0 }]]),
    refreshedAt: new Date(),
    unfinishedSince: undefined,
  });
  const questions: PermissionQuestion[] = [];
  const counts = { calls: 0 };
  const own: CredentialService = {
    async get() {
      counts.calls += 1;
      if (failure !== undefined) {
        throw failure;
      }
      const [secretAccessKey, sessionToken] = [new Secret('CANARY-KEY'), new Secret('CANARY-TOKEN')];
      return { accessKeyId: 'ASIA1', secretAccessKey, sessionToken, expiresAt: new Date(Date.now() + 3_600_000) };
    },
    held: () => [],
    forget: () => undefined,
    forgetSsoSession: () => undefined,
    onChange: () => () => undefined,
  };
  const prompt = {
    async askPermission(question: PermissionQuestion) {
      questions.push(question);
      return answer;
    },
  };
  const service = commandUse(own, { surroundings, paths, prompt, use: 'credentials' });
  const get = async (target = ADMIN): Promise<string> => {
    const asker = { program: 'rolecall', pid: process.pid, folder: '/', parents: [] };
    const call = { asker, userAsked: true, signal: new AbortController().signal };
    return service.get(target, call).then(
      ({ accessKeyId }) => accessKeyId,
      (error: { code: string }) => error.code,
    );
  };
  const log = () => readActivity(activityFile(rolecallHome), 10);
  return { get, log, questions, counts, kept: openKeptFiles(surroundings) };
}

test('a use without an app is noted as with one, and never with a secret', async () => {
  const { get, log, questions } = await command();
  expect(await get()).toBe('ASIA1');
  expect(questions).toEqual([]);
  const entries = await log();
  expect(entries).toMatchObject([{ what: 'credentials', outcome: 'ok', target: ADMIN }]);
  expect(entries[0]?.asker.program).not.toBe('');
  expect(JSON.stringify(entries)).not.toContain('CANARY');
});

test('so is one that failed, with why', async () => {
  const { get, log } = await command('accept', new SignInNeededError('corp', 'expired'));
  expect(await get()).toBe('sign-in-needed');
  expect(await log()).toMatchObject([{ outcome: 'failed', detail: expect.stringContaining('corp') as string }]);
});

test.each([
  ['by the name of its account', { account: 'prod*', role: '*' }],
  ['by the id of its account', { account: '111122223333', role: 'adm*' }],
])(
  'a role that is guarded %s is confirmed each time, also as a profile that is named by its id',
  async (_how, rule) => {
    const { get, kept, questions, counts, log } = await command('accept');
    await kept.settings.update((settings) => ({ ...settings, guardRules: [rule] }));
    const byId: RoleTarget = { kind: 'profile', profile: profileReference(HOSTILE) };
    expect([await get(), await get(), await get(byId)]).toEqual(['ASIA1', 'ASIA1', 'ASIA1']);
    expect(questions).toMatchObject([
      { kind: 'confirm-use', guarded: true, target: ADMIN },
      { guarded: true },
      { guarded: true, title: HOSTILE, target: { kind: 'profile', profile: HOSTILE } },
    ]);
    expect(counts.calls).toBe(3);
    expect(await log()).toHaveLength(3);
  },
);

test.each(['by-line', 'default'])(
  'a guarded role is confirmed also by way of the profile %s, whose credential_process is a line of ours',
  async (profile) => {
    const { get, kept, questions, counts } = await command('refuse');
    await kept.settings.update((settings) => ({ ...settings, guardRules: [{ account: 'prod*', role: 'Admin' }] }));
    expect(await get({ kind: 'profile', profile })).toBe('guard-refused');
    expect(questions).toMatchObject([{ kind: 'confirm-use', guarded: true, title: profile }]);
    await kept.settings.update((settings) => ({ ...settings, guardRules: [] }));
    expect(await get({ kind: 'profile', profile })).toBe('ASIA1');
    await kept.marks.update(() => ({ [targetKey(ADMIN)]: { use: 'refuse' } }));
    expect(await get({ kind: 'profile', profile })).toBe('guard-refused');
    expect(counts.calls).toBe(1);
  },
);

test('lines of ours that lead in a circle keep nothing from going on', async () => {
  const { get, kept } = await command('refuse');
  await kept.settings.update((settings) => ({ ...settings, guardRules: [{ account: 'prod*', role: 'Admin' }] }));
  expect(await get({ kind: 'profile', profile: 'round' })).toBe('ASIA1');
});

test('where it is not confirmed nothing is asked of AWS', async () => {
  const { get, kept, counts, log } = await command('refuse');
  await kept.marks.update(() => ({ [targetKey(ADMIN)]: { guarded: true } }));
  expect(await get()).toBe('guard-refused');
  expect(counts.calls).toBe(0);
  expect(await log()).toMatchObject([{ outcome: 'refused' }]);
});

test('a rule to refuse programs refuses without a question, also for one profile alone', async () => {
  const { get, kept, counts, questions } = await command('accept');
  const profile: RoleTarget = { kind: 'profile', profile: HOSTILE };
  await kept.marks.update(() => ({ [targetKey(profile)]: { use: 'refuse' } }));
  expect(await get(profile)).toBe('guard-refused');
  expect(await get()).toBe('ASIA1');
  expect([counts.calls, questions]).toEqual([1, []]);
});
