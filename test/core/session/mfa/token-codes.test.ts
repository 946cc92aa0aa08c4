import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancelledError } from '../../../../src/core/model/errors.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { MfaNeededError } from '../../../../src/core/session/mfa/errors.ts';
import { storedAuthenticator } from '../../../../src/core/session/mfa/stored-authenticator.ts';
import type { PromptPort } from '../../../../src/core/session/ports.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import {
  assumeOnly,
  CONFIG,
  context,
  profile,
  startIamSide,
  strictUser,
  typeCode,
  whileTimePasses,
  type IamSide,
} from '../iam-side.ts';

const refused = (side: IamSide): number =>
  side.sandbox.requests.of('sts.*').filter(({ status }) => status === 403).length;

/** The codes that were sent, by what the sandbox logged; secret there, so only how many and whether they were taken. */
const sentWithCode = (side: IamSide): readonly (number | undefined)[] =>
  side.sandbox.requests
    .of('sts.*')
    .filter(({ params }) => params['SerialNumber'] !== undefined)
    .map(({ status }) => status);

describe('codes the user types', () => {
  test('a rejected code asks again with the reason, and the right one of the same half minute is taken', async () => {
    const side = await startIamSide({
      answer: (question, here) =>
        here.questions.length === 1 ? '000000' : here.sandbox.control.currentCode(question.mfaSerial),
    });
    await side.get('admin-role');
    expect(side.questions[1]).toMatchObject({ lastFailure: { code: 'mfa-code-rejected' }, notBefore: undefined });
    expect(sentWithCode(side)).toEqual([403, 200]);
  });

  test('the same wrong code typed again is not sent again', async () => {
    const side = await startIamSide({
      answer: (question, here) =>
        here.questions.length < 4 ? '000000' : here.sandbox.control.currentCode(question.mfaSerial),
    });
    await side.get('admin-role');
    expect(sentWithCode(side)).toEqual([403, 200]);
    expect(side.questions.map(({ lastFailure }) => lastFailure?.code)).toEqual([
      undefined,
      'mfa-code-rejected',
      'mfa-code-rejected',
      'mfa-code-rejected',
    ]);
  });

  test.each([
    '12345',
    '1234567',
    '１２３４５６',
    'abcdef',
    '123456&Action=X',
    '12345\n',
    '',
    '12 34 56',
    '-12345',
    '1e5000',
    '0x1234',
  ])('%j is no code: it is not sent, and asked for again', async (typed) => {
    const side = await startIamSide({
      answer: (question, here) =>
        here.questions.length === 1 ? typed : here.sandbox.control.currentCode(question.mfaSerial),
    });
    await side.get('admin-role');
    expect(side.questions[1]?.lastFailure?.code).toBe('bad-input');
    expect(sentWithCode(side)).toEqual([200]);
  });

  test.each([' 123456 ', '123 456'])('%j is taken as the six digits it means', async (form) => {
    const side = await startIamSide({
      answer: (question, here) => {
        const code = here.sandbox.control.currentCode(question.mfaSerial);
        return form.replace('123', code.slice(0, 3)).replace('456', code.slice(3));
      },
    });
    await side.get('admin-role');
    expect(side.questions).toHaveLength(1);
  });

  test('a code that was used for another role is not sent again in its half minute', async () => {
    const side = await startIamSide({
      answer: (question, here) => here.sandbox.control.currentCode(question.mfaSerial),
    });
    await side.get('strict-admin');
    const second = side.get('strict-readonly');
    // The user types the old code over and over until the device shows a new one.
    await whileTimePasses(side.clock, second, 5_000);
    expect(sentWithCode(side)).toEqual([200, 200]);
    expect(side.questions.slice(2).every(({ lastFailure }) => lastFailure?.code === 'mfa-code-rejected')).toBe(true);
  });

  test('two roles wanted at once ask one after the other', async () => {
    const open: string[] = [];
    let most = 0;
    const side = await startIamSide({
      answer: async (question, here) => {
        open.push(question.title);
        most = Math.max(most, open.length);
        const code = await typeCode(question, here);
        open.pop();
        return code;
      },
    });
    await whileTimePasses(side.clock, Promise.all([side.get('strict-admin'), side.get('strict-readonly')]), 1_000);
    expect(most).toBe(1);
    expect(sentWithCode(side)).toEqual([200, 200]);
  });

  test('declining ends it, and the next who asks is asked anew', async () => {
    const side = await startIamSide({
      answer: (question, here) => {
        if (here.questions.length === 1) {
          throw new CancelledError('The question');
        }
        return here.sandbox.control.currentCode(question.mfaSerial);
      },
    });
    await expect(side.get('admin-role')).rejects.toMatchObject({ code: 'cancelled' });
    await side.get('admin-role');
    expect(sentWithCode(side)).toEqual([200]);
  });

  test('with nobody to ask it fails at once', async () => {
    const prompt: PromptPort = {
      askMfa: (question) => Promise.reject(new MfaNeededError(question.mfaSerial)),
      askPermission: () => Promise.reject(new Error('not here')),
    };
    const side = await startIamSide({ parts: { prompt } });
    await expect(side.get('admin-role')).rejects.toMatchObject({ code: 'mfa-needed' });
  });

  test('the wrong device is told apart from a wrong code', async () => {
    const side = await startIamSide({ answer: () => '123456' });
    await side.setFiles(CONFIG.replaceAll(assumeOnly.mfaSerial, 'arn:aws:iam::619283746501:mfa/not-mine'));
    await expect(side.get('admin-role')).rejects.toMatchObject({ code: 'mfa-device-unknown' });
    expect(side.questions).toHaveLength(1);
  });

  test('a bad key is found before anybody is asked for a code', async () => {
    const side = await startIamSide();
    await side.setFiles(
      CONFIG,
      `[assume-only]\naws_access_key_id = AKIANOSUCHKEYATALL22\naws_secret_access_key = ${'x'.repeat(40)}\n`,
    );
    await expect(side.get('admin-role')).rejects.toMatchObject({ name: 'KeyRefusedError' });
    expect(side.questions).toHaveLength(0);
  });

  test.each(['cut-body', 'reset', 'malformed-body'] as const)(
    'a request with a code is not repeated when its answer was lost: %s',
    async (kind) => {
      const side = await startIamSide({
        answer: (question, here) => {
          here.sandbox.faults.add({ operation: 'sts.GetSessionToken', fault: { kind } });
          return here.sandbox.control.currentCode(question.mfaSerial);
        },
      });
      await expect(whileTimePasses(side.clock, side.get('admin-role'), 200)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:aws-unavailable|offline)$/) as string,
      });
      expect(sentWithCode(side)).toHaveLength(1);
    },
  );
});

describe('the built-in authenticator', () => {
  async function withSeed(options: Parameters<typeof startIamSide>[0] = {}): Promise<IamSide> {
    const side = await startIamSide(options);
    const keeper = storedAuthenticator(side.store);
    await keeper.keep(assumeOnly.mfaSerial, new Secret(assumeOnly.base32Seed));
    await keeper.keep(strictUser.mfaSerial, new Secret(strictUser.base32Seed));
    return side;
  }

  test('is offered in the question, and answers on a click', async () => {
    const side = await withSeed({ answer: () => 'auto' });
    await side.get('admin-role');
    expect(side.questions).toMatchObject([{ canAutoFill: true }]);
  });

  test('answers by itself where the user set so, and waits for the next code when one was used', async () => {
    const side = await withSeed({ parts: { autoFillMfa: () => true } });
    await side.get('strict-admin');
    const before = side.clock.now().getTime();
    await whileTimePasses(side.clock, side.get('strict-readonly'), 500);
    expect(side.clock.now().getTime() - before).toBeGreaterThan(10_000);
    expect(side.questions).toHaveLength(0);
    expect(sentWithCode(side)).toEqual([200, 200]);
  });

  test('does not resend a code that another program spent, but takes the next', async () => {
    const side = await withSeed({ parts: { autoFillMfa: () => true } });
    const code = side.sandbox.control.currentCode(strictUser.mfaSerial);
    await side
      .again({ prompt: answering(code), autoFillMfa: () => false })
      .credentials.get(profile('strict-admin'), context());
    await whileTimePasses(side.clock, side.get('strict-readonly'), 500);
    expect(refused(side)).toBe(1);
    expect(sentWithCode(side)).toEqual([200, 200]);
  });

  test('with the seed of another device gives up after two codes and asks the user', async () => {
    const side = await startIamSide({ parts: { autoFillMfa: () => true } });
    await storedAuthenticator(side.store).keep(assumeOnly.mfaSerial, new Secret(strictUser.base32Seed));
    await whileTimePasses(side.clock, side.get('admin-role'), 500);
    expect(side.questions).toMatchObject([{ lastFailure: { code: 'mfa-code-rejected' } }]);
    expect(sentWithCode(side)).toEqual([403, 403, 200]);
  });
});

describe('mfa_process', () => {
  async function withCommand(script: string): Promise<IamSide> {
    const side = await startIamSide({ answer: () => Promise.reject(new Error('nobody is asked')) });
    const path = join(side.home, 'code.sh');
    await writeFile(path, script, { mode: 0o700 });
    await side.setFiles(
      CONFIG.replace('[profile admin-role]\n', `[profile admin-role]\nmfa_process = sh ${path} "a b"\n`),
    );
    return side;
  }

  test('gives the code without asking, and without a shell', async () => {
    const side = await withCommand('exit 1');
    const code = side.sandbox.control.currentCode(assumeOnly.mfaSerial);
    await writeFile(join(side.home, 'code.sh'), `[ "$1" = "a b" ] && echo ${code}`);
    expect(await side.get('admin-role')).toMatchObject({ accountId: DEMO.iam.clientProduction });
    expect(side.questions).toHaveLength(0);
  });

  test.each([
    ['fails', 'echo nope >&2; exit 3', /exit code 3: nope/],
    ['prints words', 'echo "code: 123456"', /not six digits/],
    ['prints two lines', 'echo 123456; echo 654321', /not six digits/],
    ['prints nothing', 'true', /not six digits/],
    ['prints wide digits', 'echo １２３４５６', /not six digits/],
    ['floods', 'yes | head -c 3000000', /more than a code/],
    ['speaks terminal escapes', 'printf "\\033]52;c;eA==\\007bad" >&2; exit 1', /exit code 1: \]52;c;eA== bad/],
  ])('that %s is told so', async (_name, script, message) => {
    const side = await withCommand(script);
    await expect(side.get('admin-role')).rejects.toMatchObject({
      code: 'mfa-process-failed',
      message: expect.stringMatching(message) as string,
    });
    expect(sentWithCode(side)).toEqual([]);
  });

  test('whose code AWS rejects is asked once more, then given up', async () => {
    const side = await withCommand('date +%s%N | tail -c 7');
    await expect(whileTimePasses(side.clock, side.get('admin-role'), 1_000)).rejects.toMatchObject({
      code: 'mfa-code-rejected',
    });
    expect(sentWithCode(side)).toEqual([403, 403]);
  });
});

describe('a session that a role no longer takes', () => {
  test('because it was revoked is replaced by a new one', async () => {
    const side = await startIamSide();
    await side.get('admin-role');
    side.sandbox.control.expireCredentials();
    await side.get('readonly-role');
    expect(side.questions).toHaveLength(2);
  });

  test('because AWS refuses is told, without asking for another code', async () => {
    const side = await startIamSide();
    await side.setFiles(CONFIG.replace('external_id = minato-2026', 'external_id = wrong'));
    await expect(side.get('vendor-role')).rejects.toMatchObject({ name: 'NotAuthorizedError' });
    expect(side.questions).toHaveLength(1);
  });

  test('because its MFA is old gets one fresh code, and when that does not help no second', async () => {
    const side = await startIamSide();
    await side.get('admin-role');
    await side.clock.advance(6 * 60_000);
    await side.setFiles(CONFIG.replace('external_id = minato-2026', 'external_id = wrong'));
    await expect(side.get('vendor-role')).rejects.toMatchObject({ name: 'NotAuthorizedError' });
    expect(side.questions).toHaveLength(2);
    await side.clock.advance(60_000);
    await expect(side.get('vendor-role')).rejects.toMatchObject({ name: 'NotAuthorizedError' });
    expect(side.questions).toHaveLength(2);
  });
});

function answering(code: string): PromptPort {
  return {
    askMfa: () => Promise.resolve(new Secret(code)),
    askPermission: () => Promise.reject(new Error('not here')),
  };
}
