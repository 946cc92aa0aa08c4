import { readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveBroker } from '../../../src/core/app/serve-broker.ts';
import { BrokerClient } from '../../../src/core/broker/broker-client.ts';
import { profileReference } from '../../../src/core/session/keys/helper-line.ts';
import type { CredentialsRequest } from '../../../src/shared/broker-protocol.ts';
import { targetKey, type RoleTarget } from '../../../src/shared/role-target.ts';
import type { Settings } from '../../../src/shared/settings.ts';
import { coreUnderTest, unstartedCore } from '../../helpers/core-under-test.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { profileConfig, ssoSessionConfig, type FakeServices } from '../../helpers/fake-services.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const admin: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };
const adminRequest: CredentialsRequest = { ssoSession: 'corp', account: '111122223333', role: 'Admin' };
const never = (): AbortSignal => new AbortController().signal;

async function serving(prepare: (fake: FakeServices) => void = () => {}, settings: Partial<Settings> = {}) {
  const under = await coreUnderTest((fake) => {
    fake.profiles = { profiles: [], ssoSessions: [ssoSessionConfig('corp')], problems: [] };
    prepare(fake);
  }, settings);
  const { surroundings, core } = under;
  const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
  onTestFinished(() => broker?.close());
  const client = new BrokerClient(surroundings);
  const ask = (request: CredentialsRequest, signal = never()): Promise<string> =>
    client.credentials(request, signal).then(
      (secret) =>
        (
          JSON.parse(
            secret
              .reveal()
              .replace(/^json - /, '"')
              .concat('"'),
          ) as string
        ).slice(0, 6),
      (error: { code: string }) => error.code,
    );
  const prompts = () => core.state.get().prompts;
  const prompted = (count: number) => expect.poll(() => prompts().length, { timeout: 5_000 }).toBe(count);
  const answer = (given: 'accept' | 'refuse') =>
    under.execute('answerPrompt', { promptId: prompts()[0]!.id, answer: given });
  return { ...under, broker: broker!, ask, prompts, prompted, answer };
}

const signedIn = (fake: FakeServices): void => fake.signedIn('corp', 8 * 3_600_000);

describe('programs that ask', () => {
  test('get what the use case gives, and the log says who got it', async () => {
    const { ask, activityFile, core } = await serving(signedIn);
    expect(await ask({ ...adminRequest, pid: process.pid })).toBe('CANARY');
    await core.close();
    const log = await readFile(activityFile, 'utf8');
    expect(JSON.parse(log)).toMatchObject({
      what: 'credentials',
      outcome: 'ok',
      target: admin,
      asker: { pid: expect.any(Number) as number },
    });
    expect(log).not.toContain('CANARY');
  });

  test('a hundred at once on an expired sign-in: one question, one sign-in, a hundred answers', async () => {
    const { ask, prompts, answer, fake, core } = await serving();
    const answers = Array.from({ length: 100 }, () => ask(adminRequest));
    await expect
      .poll(() => prompts().map((prompt) => prompt.kind === 'sign-in' && prompt.waiting), { timeout: 10_000 })
      .toEqual([100]);
    expect(prompts()[0]).toMatchObject({ userAsked: false, ssoSession: 'corp', target: admin });
    expect(fake.count('sign-in')).toBe(0);
    expect(fake.opened).toEqual([]);
    await answer('accept');
    await expect.poll(() => fake.count('sign-in')).toBe(1);
    fake.finishSignIn('corp');
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['CANARY']));
    expect(fake.count('sign-in')).toBe(1);
    expect(core.state.get().prompts).toEqual([]);
  });

  test('fifty roles of one expired Identity Center are one question', async () => {
    const { ask, prompts, answer, fake } = await serving();
    const answers = Array.from({ length: 50 }, (_, index) => ask({ ...adminRequest, role: `Role${index}` }));
    await expect
      .poll(() => prompts().map((prompt) => prompt.kind === 'sign-in' && prompt.waiting), { timeout: 10_000 })
      .toEqual([50]);
    await answer('accept');
    await expect.poll(() => fake.count('sign-in')).toBe(1);
    fake.finishSignIn('corp');
    await Promise.all(answers);
    expect(fake.count('sign-in')).toBe(1);
  });

  test('a sign-in that is under way already is joined without a question', async () => {
    const { ask, execute, fake, prompts } = await serving();
    await execute('startSignIn', { ssoSession: 'corp' });
    const answered = ask(adminRequest);
    await settle();
    expect(prompts()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    fake.finishSignIn('corp');
    expect(await answered).toBe('CANARY');
    expect(fake.count('sign-in')).toBe(1);
  });

  test('a sign-in made in a terminal answers those who wait', async () => {
    const { ask, prompted, fake } = await serving();
    const answered = ask(adminRequest);
    await prompted(1);
    fake.signedIn('corp');
    fake.filesChanged();
    expect(await answered).toBe('CANARY');
    expect(fake.count('sign-in')).toBe(0);
  });

  test('one that goes away cancels only itself', async () => {
    const { ask, prompts, answer, fake } = await serving();
    const gone = new AbortController();
    const first = ask(adminRequest, gone.signal);
    const second = ask(adminRequest);
    const waiting = () => prompts().map((prompt) => prompt.kind === 'sign-in' && prompt.waiting);
    await expect.poll(waiting).toEqual([2]);
    gone.abort();
    expect(await first).toBe('cancelled');
    await expect.poll(waiting).toEqual([1]);
    await answer('accept');
    await expect.poll(() => fake.count('sign-in')).toBe(1);
    fake.finishSignIn('corp');
    expect(await second).toBe('CANARY');
  });

  test('refused, they are told, and one that tries again at once does not bother the user again', async () => {
    const { ask, prompts, prompted, answer, clock } = await serving();
    const refused = ask(adminRequest);
    await prompted(1);
    await answer('refuse');
    expect(await refused).toBe('cancelled');
    expect(await ask(adminRequest)).toBe('cancelled');
    expect(prompts()).toEqual([]);
    await clock.advance(31_000);
    void ask(adminRequest);
    await prompted(1);
  });

  test('wait no longer than they said', async () => {
    const { ask, prompted, prompts, clock } = await serving();
    const answered = ask({ ...adminRequest, wait: 20 });
    await prompted(1);
    await clock.advance(20_000);
    expect(await answered).toBe('busy');
    expect(prompts()).toEqual([]);
  });

  test('a profile whose name cannot stand in a shell is found by its id', async () => {
    const name = 'it\'s "quoted" $(x)';
    const { ask, fake, core } = await serving((made) => {
      made.profiles = { ...made.profiles, profiles: [profileConfig(name)] };
    });
    expect(await ask({ profile: profileReference(name) })).toBe('CANARY');
    expect(fake.services.credentials.held()).toMatchObject([{ target: { kind: 'profile', profile: name } }]);
    await core.close();
  });
});

describe('rules', () => {
  const guardRules = [{ account: '111122223333', role: 'Admin' }];

  test('a guarded role is confirmed at every use, with who asks on screen', async () => {
    const { ask, prompts, prompted, answer } = await serving(signedIn, { guardRules });
    for (const given of ['accept', 'accept', 'refuse'] as const) {
      const answered = ask({ ...adminRequest, pid: process.pid });
      await prompted(1);
      expect(prompts()[0]).toMatchObject({
        kind: 'confirm-use',
        guarded: true,
        userAsked: false,
        asker: { pid: expect.any(Number) as number },
      });
      await answer(given);
      expect(await answered).toBe(given === 'accept' ? 'CANARY' : 'guard-refused');
    }
  });

  test('hold from the first moment: one that asks before the app has read them waits for them', async () => {
    const { surroundings, core } = await unstartedCore(signedIn, { guardRules });
    const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
    onTestFinished(() => broker?.close());
    const answered = new BrokerClient(surroundings).credentials(adminRequest, never()).then(
      () => 'served',
      (error: { code: string }) => error.code,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await core.start();
    await expect.poll(() => core.state.get().prompts, { timeout: 5_000 }).toMatchObject([{ kind: 'confirm-use' }]);
    const asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
    const [prompt] = core.state.get().prompts;
    await core.execute('answerPrompt', { promptId: prompt!.id, answer: 'refuse' }, { asker });
    expect(await answered).toBe('guard-refused');
  });

  test('one that asks before the app has started, and goes away or waits too long, is let go', async () => {
    const { surroundings, core, clock } = await unstartedCore(signedIn, {});
    const broker = await serveBroker({ surroundings, core, version: '1', show: () => {} });
    onTestFinished(() => broker?.close());
    const answered = new BrokerClient(surroundings).credentials({ ...adminRequest, wait: 20 }, never()).then(
      () => 'served',
      (error: { code: string }) => error.code,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await clock.advance(20_000);
    expect(await answered).toBe('busy');
  });

  test('ask once an hour asks once an hour', async () => {
    const { ask, prompted, answer, execute, clock } = await serving(signedIn);
    await execute('setMarks', { key: targetKey(admin), marks: { use: 'ask-hourly' } });
    const first = ask(adminRequest);
    await prompted(1);
    await answer('accept');
    expect(await first).toBe('CANARY');
    expect(await ask(adminRequest)).toBe('CANARY');
    await clock.advance(3_600_000);
    const again = ask(adminRequest);
    await prompted(1);
    await answer('accept');
    expect(await again).toBe('CANARY');
  });

  test('set to refuse while a question stands open, it counts for the program that waits', async () => {
    const { ask, prompted, answer, execute, fake } = await serving();
    const answered = ask(adminRequest);
    await prompted(1);
    await execute('setMarks', { key: targetKey(admin), marks: { use: 'refuse' } });
    await answer('accept');
    await expect.poll(() => fake.count('sign-in')).toBe(1);
    fake.finishSignIn('corp');
    expect(await answered).toBe('guard-refused');
  });

  test('set to ask while a sign-in is waited for, it asks before the role is handed out', async () => {
    const { ask, prompts, prompted, answer, execute, fake } = await serving();
    const answered = ask(adminRequest);
    await prompted(1);
    await execute('setMarks', { key: targetKey(admin), marks: { use: 'ask' } });
    await answer('accept');
    await expect.poll(() => fake.count('sign-in')).toBe(1);
    fake.finishSignIn('corp');
    await expect.poll(() => prompts().map(({ kind }) => kind), { timeout: 5_000 }).toEqual(['confirm-use']);
    await answer('accept');
    expect(await answered).toBe('CANARY');
  });

  test('set to refuse while the use itself is asked about, a yes no longer counts', async () => {
    const { ask, prompted, answer, execute } = await serving(signedIn, { guardRules });
    const answered = ask(adminRequest);
    await prompted(1);
    await execute('setMarks', { key: targetKey(admin), marks: { use: 'refuse' } });
    await answer('accept');
    expect(await answered).toBe('guard-refused');
  });

  test("refuse refuses without a question; the user's own clicks go on", async () => {
    const { ask, prompts, execute } = await serving(signedIn);
    await execute('setMarks', { key: targetKey(admin), marks: { use: 'refuse' } });
    expect(await ask(adminRequest)).toBe('guard-refused');
    expect(prompts()).toEqual([]);
    expect(await execute('openConsole', { target: admin })).toMatchObject({ ok: true });
  });
});

test('Terraform, boto3 and aws together on an expired sign-in are named, and all succeed', async (ctx) => {
  if (process.platform !== 'linux') {
    ctx.skip('reads who asks from /proc');
  }
  const { broker, prompts, answer, fake, clock, core } = await serving();
  const folder = await scratchFolder();
  const helper = join(folder, 'rolecall-credentials');
  const fields = `-d ssoSession=corp -d account=111122223333 -d role=Admin -d pid=$$`;
  await writeFile(
    helper,
    `#!/bin/sh\ncurl -sS --unix-socket '${broker.path}' http://localhost/v1/credentials ${fields}\n`,
    { mode: 0o755 },
  );
  const programs = ['terraform', 'boto3-script', 'aws'].map(async (name) => {
    const program = join(folder, name);
    await writeFile(program, `#!/bin/sh\n'${helper}'\n`, { mode: 0o755 });
    return promisify(execFile)(program, { cwd: folder });
  });
  const waiting = () => prompts().map((prompt) => prompt.kind === 'sign-in' && prompt.waiting);
  await expect.poll(waiting, { timeout: 10_000 }).toEqual([3]);
  expect(prompts()[0]?.asker).toMatchObject({
    program: expect.stringMatching(/^(terraform|boto3-script|aws)$/) as string,
    folder,
  });
  await answer('accept');
  await expect.poll(() => fake.count('sign-in')).toBe(1);
  fake.finishSignIn('corp');
  for (const program of programs) {
    expect((await program).stdout).toContain('CANARY');
  }
  await clock.advance(250);
  const names = core.state
    .get()
    .activity.filter(({ what }) => what === 'credentials')
    .map(({ asker }) => asker.program);
  expect(names.toSorted()).toEqual(['aws', 'boto3-script', 'terraform']);
});
