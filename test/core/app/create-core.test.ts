import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import { holdsSecret } from '../../../src/core/app/holds-secret.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { OfflineError } from '../../../src/core/aws/aws-errors.ts';
import { SignInNeededError } from '../../../src/core/session/errors.ts';
import type { AppState } from '../../../src/shared/app-state.ts';
import { commandInputs, type CommandName, type CommandResult } from '../../../src/shared/commands.ts';
import { targetKey, type RoleTarget } from '../../../src/shared/role-target.ts';
import type { StateMessage } from '../../../src/shared/state-message.ts';
import { coreUnderTest, type CoreUnderTest } from '../../helpers/core-under-test.ts';
import { settle } from '../../helpers/fake-clock.ts';
import {
  CANARIES,
  NO_DIRECTORY,
  profileConfig,
  ssoSessionConfig,
  type FakeServices,
} from '../../helpers/fake-services.ts';

const admin: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };

function corp(fake: FakeServices): void {
  fake.profiles = { profiles: [], ssoSessions: [ssoSessionConfig('corp')], problems: [] };
}

function signedInCorp(fake: FakeServices): void {
  corp(fake);
  fake.signedIn('corp', 8 * 3_600_000);
}

const session = ({ core }: CoreUnderTest) => core.state.get().ssoSessions.find(({ id }) => id === 'corp');
const noticeIds = ({ core }: CoreUnderTest) => core.state.get().notices.map(({ id }) => id);

describe('start', () => {
  test('shows profiles, Identity Centers, sign-ins and kept accounts before anything is asked of AWS', async () => {
    const under = await coreUnderTest((fake) => {
      fake.profiles = {
        profiles: [
          profileConfig('admin', {
            kind: 'sso',
            ssoSession: 'corp',
            accountId: '111122223333',
            roleName: 'Admin',
            region: 'eu-west-1',
          }),
        ],
        ssoSessions: [ssoSessionConfig('corp')],
        problems: [],
      };
      fake.signedIn('corp');
      fake.kept.set('corp', {
        ...NO_DIRECTORY,
        accounts: [{ accountId: '111122223333', name: 'prod', email: '', roles: ['Admin'], stale: false }],
      });
    });
    const shown = under.core.state.get();
    expect(shown.profiles).toMatchObject([
      { name: 'admin', kind: 'sso', accountId: '111122223333', region: 'eu-west-1', canFederate: true },
    ]);
    expect(shown.ssoSessions).toMatchObject([
      { id: 'corp', region: 'eu-west-1', form: 'sso-session', access: { kind: 'signed-in' } },
    ]);
    expect(shown.directories['corp']?.accounts).toHaveLength(1);
    expect(under.fake.calls.indexOf('refresh corp')).toBeGreaterThan(under.fake.calls.indexOf('read-profiles'));
  });

  test('the accounts of Identity Centers that are signed in are refreshed behind, the others are not', async () => {
    const under = await coreUnderTest((fake) => {
      fake.profiles = {
        profiles: [],
        ssoSessions: [ssoSessionConfig('corp'), ssoSessionConfig('other')],
        problems: [],
      };
      fake.signedIn('corp');
    });
    await settle();
    expect(under.fake.count('refresh corp')).toBe(1);
    expect(under.fake.count('refresh other')).toBe(0);
    expect(under.core.state.get().directories['corp']?.refreshedAt).toBeDefined();
  });

  test('what is not understood in the settings is told, once, and the rest holds', async () => {
    const guardRules = [{ account: '*prod*', role: '*' }];
    const under = await coreUnderTest(undefined, {}, async (rolecallHome) => {
      await mkdir(rolecallHome, { recursive: true });
      const value = { theme: 'plaid', guardRules };
      await writeFile(join(rolecallHome, 'settings.json'), JSON.stringify({ version: 1, value }));
    });
    expect(under.core.state.get()).toMatchObject({
      settings: { theme: 'system', guardRules },
      notices: [
        { id: 'kept-file:settings.json', severity: 'warning', message: expect.stringContaining('theme') as unknown },
      ],
    });
    await under.execute('dismissNotice', { id: 'kept-file:settings.json' });
    await under.execute('setMarks', { key: targetKey(admin), marks: { pinned: true } });
    expect(noticeIds(under)).toEqual([]);
  });

  test('files that cannot be read are told, and the app runs', async () => {
    const under = await coreUnderTest((fake) => {
      fake.failures.set('read-profiles', new Error('EIO /home/u/.aws'));
    });
    expect(under.core.state.get().fileProblems).toMatchObject([{ code: 'unreadable', severity: 'error' }]);
    under.fake.failures.clear();
    corp(under.fake);
    under.fake.filesChanged();
    await settle();
    expect(under.core.state.get()).toMatchObject({ fileProblems: [], ssoSessions: [{ id: 'corp' }] });
  });

  test('a directory or a token that cannot be read stops nothing', async () => {
    const under = await coreUnderTest((fake) => {
      corp(fake);
      fake.failures.set('kept', new Error('EIO CANARY'));
      fake.failures.set('access', new Error('EIO CANARY'));
    });
    expect(under.core.state.get()).toMatchObject({
      ssoSessions: [{ id: 'corp', access: { kind: 'signed-out' } }],
      directories: { corp: { accounts: [], failure: { code: 'internal' } } },
    });
    under.fake.failures.clear();
    under.fake.signedIn('corp');
    under.fake.filesChanged();
    await settle();
    expect(session(under)?.access.kind).toBe('signed-in');
  });

  test('a change by others shows; one that says the same sends nothing', async () => {
    const under = await coreUnderTest(corp);
    const messages: StateMessage[] = [];
    under.core.state.subscribe((message) => messages.push(message));
    under.fake.filesChanged();
    await settle();
    expect(messages).toHaveLength(1);
    under.fake.profiles = { ...under.fake.profiles, profiles: [profileConfig('new')] };
    under.fake.filesChanged();
    await settle();
    expect(under.core.state.get().profiles).toMatchObject([{ name: 'new' }]);
  });
});

describe('commands', () => {
  test('every command has a handler: none is unknown', async () => {
    const under = await coreUnderTest();
    for (const name of Object.keys(commandInputs)) {
      const reply = await under.core.execute(name, 'nonsense', {
        asker: { program: 'x', pid: 1, folder: '', parents: [] },
      });
      expect(reply).toMatchObject({
        ok: false,
        failure: { code: 'bad-input', message: expect.stringContaining(name) as string },
      });
    }
  });

  test.each(['', '__proto__', 'constructor', 'toString', 'Quit', undefined, 5, null, {}, ['quit']])(
    '%j is no command',
    async (name) => {
      const under = await coreUnderTest();
      const reply = await under.core.execute(name, {}, { asker: { program: 'x', pid: 1, folder: '', parents: [] } });
      expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    },
  );

  test.each([
    ['openConsole', { target: { kind: 'sso-role', ssoSession: 'corp', accountId: '12345', roleName: 'Admin' } }],
    [
      'openConsole',
      { target: { kind: 'sso-role', ssoSession: 'corp', accountId: '１２３４５６７８９０１２', roleName: 'Admin' } },
    ],
    ['openConsole', { target: { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'a/b' } }],
    ['openConsole', { target: { kind: 'file', path: '/etc/passwd' } }],
    ['openConsole', { target: admin, destination: 'x'.repeat(3000) }],
    ['copyCredentials', { target: admin, format: 'exe' }],
    ['startSignIn', { ssoSession: '' }],
    ['startSignIn', { ssoSession: 'corp', method: 'carrier pigeon' }],
    ['updateSettings', { changes: { clipboardClearSeconds: Number.POSITIVE_INFINITY } }],
    ['updateSettings', { changes: { consoleRegion: 'us-east-1.evil.tld' } }],
    ['setManyMarks', { changes: [{ of: [{ kind: 'sso-roles', ssoSession: 'corp' }], marks: { pinned: true } }] }],
    ['setManyMarks', { changes: [{ of: [{ kind: 'profiles', profiles: ['x'] }], marks: { use: 'always' } }] }],
    ['setMarks', { key: 'x', marks: { tags: Array.from({ length: 5000 }, () => 'x') } }],
  ])('%s refuses %j', async (name, input) => {
    const under = await coreUnderTest(signedInCorp);
    const reply = await under.core.execute(name, input, { asker: { program: 'x', pid: 1, folder: '', parents: [] } });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    expect(under.fake.opened).toEqual([]);
  });

  test('what goes wrong inside says nothing of its cause, and is logged without its text', async () => {
    const under = await coreUnderTest((fake) => {
      signedInCorp(fake);
      fake.failures.set('console', new Error(`token ${CANARIES.sessionToken}`));
    });
    const reply = await under.execute('openConsole', { target: admin });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(JSON.stringify(reply)).not.toContain('CANARY');
  });

  test('settings are checked, kept and shown; what was not named stays', async () => {
    const under = await coreUnderTest();
    expect(await under.execute('updateSettings', { changes: { theme: 'dark' } })).toEqual({ ok: true, value: null });
    await under.execute('updateSettings', { changes: { clipboardClearSeconds: 5 } });
    expect(under.core.state.get().settings).toMatchObject({
      theme: 'dark',
      clipboardClearSeconds: 5,
      copyFormat: 'bash',
    });
  });

  test('marks are added and taken away, also under names that objects have of themselves', async () => {
    const under = await coreUnderTest();
    for (const key of [targetKey(admin), '__proto__', 'constructor']) {
      await under.execute('setMarks', { key, marks: { pinned: true, colour: 'red', tags: ['a'] } });
      await under.execute('setMarks', { key, marks: { colour: null, tags: [] } });
      expect(Object.hasOwn(under.core.state.get().marks, key)).toBe(true);
      expect(Object.entries(under.core.state.get().marks).find(([known]) => known === key)?.[1]).toEqual({
        pinned: true,
      });
      await under.execute('setMarks', { key, marks: { pinned: false } });
    }
    expect(under.core.state.get().marks).toEqual({});
    expect(({} as { pinned?: boolean }).pinned).toBeUndefined();
  });

  test('many are marked in one go, and each keeps what was not named', async () => {
    const under = await coreUnderTest();
    const reader = { ...admin, accountId: '222233334444' };
    await under.execute('setMarks', { key: targetKey(admin), marks: { alias: 'boss' } });
    await under.execute('setMarks', { key: 'account:corp/111122223333', marks: { tags: ['live', 'old'] } });
    const accountIds = ['111122223333', '222233334444'];
    const reply = await under.execute('setManyMarks', {
      changes: [
        {
          of: [
            { kind: 'sso-roles', ssoSession: 'corp', roleName: 'Admin', accountIds },
            { kind: 'profiles', profiles: ['iam', '__proto__'] },
          ],
          marks: { pinned: true },
        },
        {
          of: [
            { kind: 'sso-accounts', ssoSession: 'corp', accountIds },
            { kind: 'profile-accounts', profiles: ['iam'] },
          ],
          addTags: ['live', 'new'],
          removeTags: ['old'],
        },
      ],
    });
    expect(reply).toEqual({ ok: true, value: null });
    expect(under.core.state.get().marks).toEqual({
      [targetKey(admin)]: { alias: 'boss', pinned: true },
      [targetKey(reader)]: { pinned: true },
      'profile:iam': { pinned: true },
      'profile:__proto__': { pinned: true },
      'account:corp/111122223333': { tags: ['live', 'new'] },
      'account:corp/222233334444': { tags: ['live', 'new'] },
      'account:profile:iam': { tags: ['live', 'new'] },
    });
  });

  test('20,000 roles are marked by one write, and as many unmarked by another', async () => {
    const under = await coreUnderTest();
    const accountIds = Array.from({ length: 5_000 }, (_, at) => String(100_000_000_000 + at));
    const of = ['Admin', 'PowerUserAccess', 'ReadOnlyAccess', 'Billing'].map((roleName) => ({
      kind: 'sso-roles' as const,
      ssoSession: 'a-long-name-of-an-identity-center',
      roleName,
      accountIds,
    }));
    const writes: number[] = [];
    under.core.state.subscribe(() => writes.push(Object.keys(under.core.state.get().marks).length));
    const hide = (hidden: boolean) => ({ changes: [{ of, marks: { hidden } }] });
    // What passes between a page and the core is bounded to a million letters.
    expect(JSON.stringify(hide(true)).length).toBeLessThan(500_000);
    await under.execute('setManyMarks', hide(true));
    expect(Object.keys(under.core.state.get().marks)).toHaveLength(20_000);
    await under.execute('setManyMarks', hide(false));
    expect(under.core.state.get().marks).toEqual({});
    expect(new Set(writes.filter((count) => count > 0))).toEqual(new Set([20_000]));
  });

  test('where one account would have too many tags none of many is changed', async () => {
    const under = await coreUnderTest();
    const tags = Array.from({ length: 32 }, (_, at) => `t${at}`);
    await under.execute('setMarks', { key: 'account:corp/222233334444', marks: { tags } });
    const before = under.core.state.get().marks;
    const of = [{ kind: 'sso-accounts' as const, ssoSession: 'corp', accountIds: ['111122223333', '222233334444'] }];
    expect(await under.execute('setManyMarks', { changes: [{ of, addTags: ['one more'] }] })).toMatchObject({
      ok: false,
      failure: { code: 'bad-input', hint: expect.stringContaining('Nothing was changed') as unknown },
    });
    expect(under.core.state.get().marks).toEqual(before);
  });

  test('the shell quits and opens windows', async () => {
    const under = await coreUnderTest();
    await under.execute('openWindow', { page: 'settings' });
    await under.execute('quit', {});
    expect(under.shell.calls).toEqual([{ page: 'settings' }, 'quit']);
  });

  test('a portal is opened by its name only', async () => {
    const under = await coreUnderTest(corp);
    await under.execute('openLink', { link: 'portal', ssoSession: 'corp' });
    expect(under.fake.opened).toEqual(['https://corp.awsapps.com/start']);
    expect(await under.execute('openLink', { link: 'portal', ssoSession: 'evil' })).toMatchObject({ ok: false });
    expect(await under.execute('openLink', { link: 'sandbox-phone' })).toMatchObject({ ok: false });
  });

  test('an Identity Center that was added is there at once, and one that was removed is gone', async () => {
    const under = await coreUnderTest();
    const reply = await under.execute('addSsoSession', {
      name: 'corp',
      startUrl: 'https://corp.awsapps.com/start',
      region: 'eu-west-1',
    });
    expect(reply).toEqual({ ok: true, value: { ssoSession: 'corp' } });
    expect(session(under)).toBeDefined();
    expect(under.core.state.get().directories).toHaveProperty('corp');
    await under.execute('removeSsoSession', { ssoSession: 'corp' });
    expect(session(under)).toBeUndefined();
    expect(under.core.state.get().directories).toEqual({});
  });
});

describe('roles', () => {
  test('a console opens, and what is shown holds no token', async () => {
    const under = await coreUnderTest(signedInCorp);
    const reply = await under.execute('openConsole', { target: admin });
    expect(reply).toEqual({ ok: true, value: { shown: 'console.aws.amazon.com' } });
    expect(under.fake.opened).toEqual([CANARIES.consoleUrl]);
    expect(under.core.state.get().recentTargets).toEqual([admin]);
    await under.clock.advance(250);
    expect(under.core.state.get().activity).toMatchObject([{ what: 'console', target: admin, outcome: 'ok' }]);
  });

  test('a rule sends a console to the browser it names; multi-session goes by the portal', async () => {
    const under = await coreUnderTest(signedInCorp, {
      consoleRules: [
        { account: admin.accountId, role: 'adm*', opener: 'private:edge' },
        { account: '*', role: '*', opener: 'multi-session' },
      ],
    });
    await under.execute('openConsole', { target: admin });
    await under.execute('openConsole', { target: { ...admin, roleName: 'ReadOnlyAccess' } });
    await under.execute('openConsole', { target: admin, opener: 'default', via: 'federation' });
    expect(under.fake.places.map((place) => place?.opener.kind)).toEqual(['private', 'multi-session', 'default']);
    expect(under.fake.addressOptions).toMatchObject([{ via: 'federation' }, { via: 'portal' }, { via: 'federation' }]);
  });

  test('copied credentials are on the clipboard for the set time, and their end is told', async () => {
    const under = await coreUnderTest(signedInCorp, {
      clipboardClearSeconds: 30,
      copyFormat: 'fish',
      sharedCacheNoticeSeen: true,
    });
    const reply = await under.execute('copyCredentials', { target: admin });
    expect(reply).toMatchObject({ ok: true, value: { format: 'fish', clearsInSeconds: 30 } });
    expect(under.clipboard.text).toBe(`fish - ${CANARIES.secretAccessKey}`);
    expect(under.core.state.get().liveRoles).toMatchObject([{ target: admin }]);
    await under.clock.advance(30_000);
    expect(under.clipboard.text).toBe('');
    await under.clock.advance(51 * 60_000);
    expect(under.core.state.get().notices).toMatchObject([
      { severity: 'info', action: { kind: 'renew', target: admin } },
    ]);
  });

  test('copied credentials leave the clipboard when the app ends, also where something else does not end', async () => {
    const under = await coreUnderTest(signedInCorp);
    await under.execute('copyCredentials', { target: admin });
    vi.spyOn(under.core.services.directory, 'stop').mockImplementationOnce(() => new Promise(() => {}));
    void under.core.close();
    await settle();
    expect(under.clipboard.text).toBe('');
  });

  test('the link to a console goes to the clipboard', async () => {
    const under = await coreUnderTest(signedInCorp);
    expect(await under.execute('copyConsoleLink', { target: admin })).toEqual({
      ok: true,
      value: { clearsInSeconds: 60 },
    });
    expect(under.clipboard.text).toBe(CANARIES.consoleUrl);
    expect(under.fake.opened).toEqual([]);
  });

  test('a click on a role that is not signed in signs in, then goes on', async () => {
    const under = await coreUnderTest(corp);
    const reply = under.execute('openConsole', { target: admin });
    await settle();
    expect(session(under)?.signIn).toMatchObject({ kind: 'waiting-for-browser' });
    expect(under.core.state.get().prompts).toEqual([]);
    under.fake.finishSignIn('corp');
    expect(await reply).toMatchObject({ ok: true });
    expect(session(under)).toMatchObject({ signIn: undefined, access: { kind: 'signed-in' } });
    await under.clock.advance(250);
    expect(under.core.state.get().activity.map(({ what }) => what)).toEqual(['console', 'sign-in']);
    expect(under.fake.count('refresh corp')).toBe(1);
  });

  test('when AWS has ended a sign-in that still looks good, a click signs in anew', async () => {
    const under = await coreUnderTest((fake) => {
      signedInCorp(fake);
      fake.failures.set('console', new SignInNeededError('corp', 'ended-by-aws'));
    });
    const reply = under.execute('openConsole', { target: admin });
    await settle();
    expect(under.fake.count('sign-in')).toBe(1);
    under.fake.failures.clear();
    under.fake.finishSignIn('corp');
    expect(await reply).toMatchObject({ ok: true });
  });

  test('a guarded role is confirmed first; refused, nothing is asked of AWS', async () => {
    const guardRules = [{ account: '111122223333', role: '*' }];
    const under = await coreUnderTest(signedInCorp, { guardRules });
    const refused = under.execute('openConsole', { target: admin });
    await settle();
    const [prompt] = under.core.state.get().prompts;
    expect(prompt).toMatchObject({ kind: 'confirm-use', guarded: true, userAsked: true, target: admin });
    await under.execute('answerPrompt', { promptId: prompt!.id, answer: 'refuse' });
    expect(await refused).toMatchObject({ ok: false, failure: { code: 'guard-refused' } });
    expect(under.fake.count('console')).toBe(0);
    await under.clock.advance(250);
    expect(under.core.state.get().activity).toMatchObject([{ outcome: 'refused' }]);
    const accepted = under.execute('openConsole', { target: admin });
    await settle();
    await under.execute('answerPrompt', { promptId: under.core.state.get().prompts[0]!.id, answer: 'accept' });
    expect(await accepted).toMatchObject({ ok: true });
  });

  test('the service that a console opened at is offered first from then on, whoever opened it; home and addresses are not', async () => {
    const under = await coreUnderTest(signedInCorp);
    const recent = () => under.core.state.get().settings.recentDestinations;
    await under.execute('openConsole', { target: admin, destination: 's3' });
    await under.execute('openConsole', { target: admin, destination: 'ec2' });
    await under.execute('openConsole', { target: admin, destination: 'home' });
    await under.execute('openConsole', { target: admin, destination: 'https://console.aws.amazon.com/iam/home' });
    await under.execute('openConsole', { target: admin });
    expect(recent()).toEqual(['ec2', 's3']);
    under.fake.failures.set('console', new OfflineError('portal.sso.eu-west-1.amazonaws.com'));
    await under.execute('openConsole', { target: admin, destination: 'rds' });
    expect(recent()).toEqual(['ec2', 's3']);
  });

  test('renewing fetches though there is time left; forgetting drops what is held', async () => {
    const under = await coreUnderTest(signedInCorp);
    await under.execute('renewCredentials', { target: admin });
    expect(under.core.state.get().liveRoles).toHaveLength(1);
    await under.execute('forgetCredentials', { target: admin });
    expect(under.core.state.get().liveRoles).toEqual([]);
  });

  test('recent roles are newest first, once each, and few', async () => {
    const under = await coreUnderTest(signedInCorp);
    for (let number = 0; number < 15; number += 1) {
      await under.execute('openConsole', { target: { ...admin, roleName: `Role${number}` } });
    }
    await under.execute('openConsole', { target: { ...admin, roleName: 'Role9' } });
    const names = under.core.state.get().recentTargets.map((target) => target.kind === 'sso-role' && target.roleName);
    expect(names.slice(0, 2)).toEqual(['Role9', 'Role14']);
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(12);
  });
});

describe('signing in and out', () => {
  test('starting resolves when the browser is waited for; the end shows in the state', async () => {
    const under = await coreUnderTest(corp);
    expect(await under.execute('startSignIn', { ssoSession: 'corp' })).toEqual({ ok: true, value: null });
    expect(session(under)?.signIn).toMatchObject({ kind: 'waiting-for-browser' });
    await under.execute('reopenSignIn', { ssoSession: 'corp' });
    expect(under.fake.opened).toEqual([CANARIES.signInUrl]);
    under.fake.finishSignIn('corp');
    await settle();
    expect(session(under)).toMatchObject({ signIn: undefined, access: { kind: 'signed-in' }, lastFailure: undefined });
  });

  test('starting twice is one sign-in; by another method it starts over', async () => {
    const under = await coreUnderTest(corp);
    await under.execute('startSignIn', { ssoSession: 'corp' });
    await under.execute('startSignIn', { ssoSession: 'corp' });
    expect(under.fake.count('sign-in')).toBe(1);
    await under.execute('startSignIn', { ssoSession: 'corp', method: 'device' });
    expect(under.fake.count('sign-in')).toBe(2);
    expect(session(under)?.signIn).toMatchObject({ kind: 'waiting-for-device', userCode: 'ABCD-EFGH' });
  });

  test('cancelling leaves no failure behind', async () => {
    const under = await coreUnderTest(corp);
    await under.execute('startSignIn', { ssoSession: 'corp' });
    await under.execute('cancelSignIn', { ssoSession: 'corp' });
    await settle();
    expect(session(under)).toMatchObject({ signIn: undefined, lastFailure: undefined });
    expect(await under.execute('reopenSignIn', { ssoSession: 'corp' })).toMatchObject({
      ok: false,
      failure: { code: 'not-found' },
    });
  });

  test('a sign-in made elsewhere meanwhile, as by the AWS CLI, ends the waiting here; who waits for it goes on', async () => {
    const under = await coreUnderTest(corp);
    const reply = under.execute('openConsole', { target: admin });
    await settle();
    expect(session(under)?.signIn).toMatchObject({ kind: 'waiting-for-browser' });
    under.fake.signedIn('corp');
    under.fake.filesChanged();
    expect(await reply).toMatchObject({ ok: true });
    await settle();
    expect(session(under)).toMatchObject({ signIn: undefined, access: { kind: 'signed-in' }, lastFailure: undefined });
    expect(await under.execute('reopenSignIn', { ssoSession: 'corp' })).toMatchObject({ ok: false });
  });

  test('one that the last run left waiting goes on at the next start, without another page', async () => {
    const under = await coreUnderTest((fake) => {
      corp(fake);
      fake.pending.set('corp', 'device');
    });
    await settle();
    expect(session(under)?.signIn).toMatchObject({ kind: 'waiting-for-device' });
    expect(under.fake.count('resume-sign-in')).toBe(1);
    under.fake.finishSignIn('corp');
    await settle();
    expect(session(under)?.access).toMatchObject({ kind: 'signed-in' });
  });

  test('a sign-in that fails shows why', async () => {
    const under = await coreUnderTest(corp);
    await under.execute('startSignIn', { ssoSession: 'corp' });
    under.fake.failSignIn('corp', new OfflineError('oidc.eu-west-1.amazonaws.com'));
    await settle();
    expect(session(under)).toMatchObject({ signIn: undefined, lastFailure: { code: 'offline' } });
  });

  test('signing out drops token, credentials and what we put on the clipboard, without a network too', async () => {
    const under = await coreUnderTest(signedInCorp);
    await under.execute('copyCredentials', { target: admin });
    under.fake.failures.set('sign-out', new OfflineError('portal.sso.eu-west-1.amazonaws.com'));
    await under.execute('signOut', { ssoSession: 'corp' });
    expect(under.clipboard.text).toBe('');
    expect(under.core.state.get().liveRoles).toEqual([]);
    under.fake.failures.clear();
    await under.execute('signOut', { ssoSession: 'corp' });
    expect(session(under)?.access).toEqual({ kind: 'signed-out' });
    expect(noticeIds(under).filter((id) => id.startsWith('signed-out'))).toEqual([]);
  });

  test('a sign-out by another program is told, and a sign-in takes the notice back', async () => {
    const under = await coreUnderTest(signedInCorp);
    under.fake.access.delete('corp');
    under.fake.filesChanged();
    await settle();
    expect(noticeIds(under)).toContain('signed-out:corp');
    under.fake.signedIn('corp');
    under.fake.filesChanged();
    await settle();
    expect(noticeIds(under)).not.toContain('signed-out:corp');
    expect(under.fake.count('refresh corp')).toBe(2);
  });

  test('where tokens are kept is told once, for ever', async () => {
    const under = await coreUnderTest(signedInCorp);
    await under.clock.advance(5_000);
    expect(noticeIds(under)).toContain('condition:shared-cache');
    await under.execute('dismissNotice', { id: 'condition:shared-cache' });
    await under.clock.advance(60_000);
    expect(noticeIds(under)).not.toContain('condition:shared-cache');
    expect(under.core.state.get().settings.sharedCacheNoticeSeen).toBe(true);
  });
});

describe('prompts', () => {
  test('are answered by their id', async () => {
    const under = await coreUnderTest();
    const question = {
      asker: { program: 'aws', pid: 5, folder: '/', parents: [] },
      target: admin,
      title: 'x',
      mfaSerial: 'arn:aws:iam::111122223333:mfa/phone',
      accountId: undefined,
      notBefore: undefined,
      lastFailure: undefined,
      canAutoFill: false,
      userAsked: false,
    };
    const code = under.fake.prompt.askMfa(question, new AbortController().signal);
    const promptId = under.core.state.get().prompts[0]!.id;
    expect(await under.execute('answerMfa', { promptId, tokenCode: '12345' })).toMatchObject({ ok: false });
    expect(await under.execute('autoFillMfa', { promptId })).toMatchObject({
      ok: false,
      failure: { code: 'mfa-device-unknown' },
    });
    expect(await under.execute('answerMfa', { promptId, tokenCode: '123456' })).toEqual({ ok: true, value: null });
    expect(await code).toBeInstanceOf(Secret);
    expect(await under.execute('cancelPrompt', { promptId })).toMatchObject({
      ok: false,
      failure: { code: 'not-found' },
    });
  });
});

describe('nothing secret leaves', () => {
  type HoldsSecret<Value, Depth extends readonly unknown[] = []> = Depth['length'] extends 8
    ? false
    : Value extends Secret
      ? true
      : Value extends readonly (infer Item)[]
        ? HoldsSecret<Item, [...Depth, 0]>
        : Value extends object
          ? { [Key in keyof Value]-?: HoldsSecret<Value[Key], [...Depth, 0]> }[keyof Value]
          : false;

  test('by type: neither the state nor the answer to any command has a place for a secret', () => {
    expectTypeOf<HoldsSecret<{ a?: readonly { b: Secret | undefined }[] }>>().not.toEqualTypeOf<false>();
    expectTypeOf<HoldsSecret<AppState>>().toEqualTypeOf<false>();
    expectTypeOf<HoldsSecret<CommandResult<CommandName>>>().toEqualTypeOf<false>();
  });

  test('in fact: no message, reply or line of the activity log holds one', async () => {
    const under = await coreUnderTest(corp, { guardRules: [{ account: '*', role: 'Guarded' }] });
    const seen: unknown[] = [];
    under.core.state.subscribe((message) => seen.push(message));
    const inputs: [CommandName, unknown][] = [
      ['openConsole', { target: admin }],
      ['copyConsoleLink', { target: admin }],
      ['copyCredentials', { target: admin }],
      ['renewCredentials', { target: admin }],
      ['refreshDirectory', { ssoSession: 'corp' }],
      ['renewSsoToken', { ssoSession: 'corp' }],
      ['protectProfile', { profile: 'p' }],
      ['startSignIn', { ssoSession: 'corp' }],
      ['signOut', { ssoSession: 'corp' }],
    ];
    for (const [name, input] of inputs) {
      const reply = under.execute(name, input as never);
      await settle();
      under.fake.finishSignIn('corp');
      seen.push(await reply);
    }
    await under.core.close();
    expect(seen.some((value) => holdsSecret(value))).toBe(false);
    expect(JSON.stringify(seen)).not.toMatch(/CANARY|\[secret\]/);
    expect(await readFile(under.activityFile, 'utf8')).not.toContain('CANARY');
  });

  test('a secret is found wherever it hides', () => {
    expect(holdsSecret({ a: [new Map([['k', new Set([new Secret('x')])]])] })).toBe(true);
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(holdsSecret(loop)).toBe(false);
  });
});
