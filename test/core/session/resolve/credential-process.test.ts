import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { isTemporary } from '../../../../src/core/model/credentials.ts';
import { RESOLVING_VARIABLE, runCredentialProcess } from '../../../../src/core/session/resolve/credential-process.ts';
import { createProgramRunner } from '../../../../src/core/session/resolve/program-runner.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { fastestMs } from '../../../helpers/fastest.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';
import { assumeOnly, context, profile, startIamSide } from '../iam-side.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const LATER = '2026-11-23T13:00:00Z';
const GOOD = { Version: 1, AccessKeyId: 'ASIAX', SecretAccessKey: 'sec', SessionToken: 'tok', Expiration: LATER };

async function run(
  script: string,
  changes: { readonly env?: Record<string, string>; readonly signal?: AbortSignal } = {},
) {
  const path = join(await scratchFolder(), 'process.sh');
  await writeFile(path, script);
  return runCredentialProcess({
    profile: 'p',
    command: `sh ${path}`,
    platform: 'linux',
    env: { PATH: process.env['PATH'] ?? '', ...changes.env },
    now: () => NOW,
    run: createProgramRunner(systemClock()),
    signal: changes.signal ?? new AbortController().signal,
  });
}

const printing = (reply: unknown): string =>
  `cat <<'END'\n${typeof reply === 'string' ? reply : JSON.stringify(reply)}\nEND\n`;

describe('what a credential_process prints', () => {
  test.each([
    ['UTC', LATER],
    ['an offset, as `aws configure export-credentials` writes it', '2026-11-23T22:00:00+09:00'],
    ['milliseconds', '2026-11-23T13:00:00.000Z'],
    ['Python’s microseconds', '2026-11-23T13:00:00.000000+00:00'],
  ])('is taken with an Expiration in %s', async (_name, Expiration) => {
    const credentials = await run(printing({ ...GOOD, Expiration, AccountId: '111122223333', More: {} }));
    expect(credentials).toMatchObject({ accessKeyId: 'ASIAX', expiresAt: new Date(LATER), accountId: '111122223333' });
  });

  test('without Expiration is good for twenty minutes', async () => {
    const { Expiration: _gone, ...rest } = GOOD;
    expect(await run(printing(rest))).toMatchObject({ expiresAt: new Date('2026-11-23T12:20:00Z') });
  });

  test('without session token is a long-term key', async () => {
    const credentials = await run(printing({ Version: 1, AccessKeyId: 'AKIAX', SecretAccessKey: 'sec' }));
    expect(isTemporary(credentials)).toBe(false);
  });

  test.each<[string, unknown]>([
    ['Version as text', { ...GOOD, Version: '1' }],
    ['Version 2', { ...GOOD, Version: 2 }],
    ['no Version', { AccessKeyId: 'a', SecretAccessKey: 'b' }],
    ['no key id', { ...GOOD, AccessKeyId: undefined }],
    ['no secret', { ...GOOD, SecretAccessKey: '' }],
    ['a secret with a line break', { ...GOOD, SecretAccessKey: 'a\nb' }],
    ['a token with an escape', { ...GOOD, SessionToken: 'a\u001bb' }],
    ['a token of 64 kB', { ...GOOD, SessionToken: 'x'.repeat(65_536) }],
    ['Expiration "soon"', { ...GOOD, Expiration: 'soon' }],
    ['Expiration in seconds', { ...GOOD, Expiration: 1_795_000_000 }],
    ['Expiration without a zone', { ...GOOD, Expiration: '2026-11-23T13:00:00' }],
    ['Expiration that is no date', { ...GOOD, Expiration: '2026-13-45T99:00:00Z' }],
    ['Expiration in the past', { ...GOOD, Expiration: '2026-11-23T11:59:59Z' }],
    ['a list', []],
    ['null', 'null'],
    ['nothing', ''],
    ['a web page', '<!doctype html><title>Log in</title>'],
    ['two objects', `${JSON.stringify(GOOD)}${JSON.stringify(GOOD)}`],
    ['half an object', JSON.stringify(GOOD).slice(0, 40)],
    ['200,000 brackets', '['.repeat(200_000)],
  ])('is refused with %s, and its text is not repeated', async (_name, reply) => {
    const error = await run(printing(reply)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'profile-broken', name: 'CredentialProcessFailedError' });
    expect(String(error)).not.toMatch(/sec|tok|ASIAX/);
    expect((error as Error).cause).toBeUndefined();
  });
});

describe('a credential_process that fails', () => {
  test.each([
    ['says why, on one safe line', 'printf "no\\033[2J\\nway\\n" >&2; exit 1', /it says: no \[2J way/],
    ['says nothing', 'exit 7', /exit code 7 and said nothing/],
    ['floods', 'yes | head -c 3000000', /more than a megabyte/],
  ])('%s', async (_name, script, message) => {
    await expect(run(script)).rejects.toThrowError(message);
  });

  test('is not there', async () => {
    const call = { profile: 'p', command: '/nonexistent/x', platform: 'linux', env: {}, now: () => NOW } as const;
    const signal = new AbortController().signal;
    await expect(
      runCredentialProcess({ ...call, run: createProgramRunner(systemClock()), signal }),
    ).rejects.toThrowError(/no such program/);
  });

  test('hangs: it is ended at the time limit, its children are not waited for', async () => {
    const clock = new FakeClock();
    const runProgram = createProgramRunner(clock);
    const running = runProgram({
      words: ['sh', '-c', 'sleep 30 & sleep 30'],
      env: process.env,
      timeoutMs: 60_000,
      signal: new AbortController().signal,
    });
    await clock.advance(60_000);
    expect(await running).toEqual({ kind: 'timed-out' });
  });

  test('is ended within 200 ms when the caller goes away', async () => {
    const tookMs = await fastestMs(async () => {
      const leaving = new AbortController();
      const running = run('sleep 30', { signal: leaving.signal });
      setTimeout(() => leaving.abort(new Error('gone')), 50);
      await expect(running).rejects.toThrowError('gone');
    });
    expect(tookMs).toBeLessThan(250);
  });
});

describe('a credential_process that asks for itself', () => {
  test('is noticed by the chain of profiles in its environment', async () => {
    const env = { [RESOLVING_VARIABLE]: JSON.stringify(['q', 'p']) };
    await expect(run(printing(GOOD), { env })).rejects.toThrowError(/this same profile again/);
  });

  test('passes on the profiles on the way', async () => {
    const script = `printf '%s' "$${RESOLVING_VARIABLE}" >&2; exit 1`;
    await expect(run(script, { env: { [RESOLVING_VARIABLE]: '["q"]' } })).rejects.toThrowError(/\["q","p"\]/);
    await expect(run(script, { env: { [RESOLVING_VARIABLE]: 'not json' } })).rejects.toThrowError(/it says: \["p"\]/);
  });
});

describe('in a chain', () => {
  test('its key assumes the role, by one run for all who wait, and no shell reads its line', async () => {
    const side = await startIamSide();
    const log = join(side.home, 'runs');
    const script = join(side.home, 'process.sh');
    const key = { Version: 1, AccessKeyId: assumeOnly.accessKeyId, SecretAccessKey: assumeOnly.secretAccessKey };
    await writeFile(script, `echo "$1" >> ${log}\n${printing(key)}`);
    await side.setFiles(
      `[profile p]\nrole_arn = ${DEMO.iam.adminRole}\nmfa_serial = ${assumeOnly.mfaSerial}\nsource_profile = q\n[profile q]\ncredential_process = sh ${script} "$(touch ${join(side.home, 'pwned')})"\n`,
    );
    await Promise.all(Array.from({ length: 20 }, () => side.get('p')));
    const { readFile, access } = await import('node:fs/promises');
    expect(await readFile(log, 'utf8')).toBe(`$(touch ${join(side.home, 'pwned')})\n`);
    await expect(access(join(side.home, 'pwned'))).rejects.toBeDefined();
    expect(side.questions).toHaveLength(1);
  });

  test('its own long-term key is never handed out', async () => {
    const side = await startIamSide();
    const script = join(side.home, 'process.sh');
    await writeFile(
      script,
      printing({ Version: 1, AccessKeyId: assumeOnly.accessKeyId, SecretAccessKey: assumeOnly.secretAccessKey }),
    );
    await side.setFiles(`[profile q]\ncredential_process = sh ${script}\n`);
    const credentials = await side.services.credentials.get(profile('q'), context());
    expect(credentials.accessKeyId).toMatch(/^ASIA/);
  });
});
