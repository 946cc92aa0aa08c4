import { describe, expect, test } from 'vitest';
import { PromptQueue } from '../../../src/core/app/prompt-queue.ts';
import { CancelledError } from '../../../src/core/model/errors.ts';
import { Callers } from '../../../src/core/session/callers.ts';
import type { MfaQuestion, PermissionQuestion } from '../../../src/core/session/ports.ts';
import type { Asker, PromptState } from '../../../src/shared/app-state.ts';
import type { RoleTarget } from '../../../src/shared/role-target.ts';
import { settle } from '../../helpers/fake-clock.ts';

const terraform: Asker = { program: 'terraform', pid: 4711, folder: '/src/infra', parents: ['bash'] };
const boto: Asker = { program: 'python3', pid: 4712, folder: '/src/tool', parents: ['zsh'] };
const target: RoleTarget = { kind: 'profile', profile: 'admin-role' };

function mfa(changes: Partial<MfaQuestion> = {}): MfaQuestion {
  return {
    asker: terraform,
    target,
    title: 'admin in 111122223333',
    mfaSerial: 'arn:aws:iam::111122223333:mfa/phone',
    accountId: '111122223333',
    notBefore: undefined,
    lastFailure: undefined,
    canAutoFill: false,
    userAsked: false,
    ...changes,
  };
}

function signIn(changes: Partial<PermissionQuestion> = {}): PermissionQuestion {
  return {
    kind: 'sign-in',
    asker: terraform,
    target,
    title: 'corp',
    ssoSession: 'corp',
    guarded: false,
    userAsked: false,
    ...changes,
  };
}

function queue() {
  const shown: { prompts: readonly PromptState[] } = { prompts: [] };
  const prompts = new PromptQueue((now) => {
    shown.prompts = now;
  });
  return { prompts, shown };
}

const never = (): AbortSignal => new AbortController().signal;
const first = (shown: { prompts: readonly PromptState[] }): PromptState => shown.prompts[0]!;

test('a code that several wait for names the next of them, with what that one wants, when the first has gone', () => {
  const { prompts, shown } = queue();
  const callers = new Callers();
  const staging: RoleTarget = { kind: 'profile', profile: 'staging' };
  const leave = callers.add({ asker: terraform, target });
  callers.add({ asker: boto, target: staging, title: 'staging in 222233334444', accountId: '222233334444' });
  void prompts.askMfa(mfa({ callers }), never());
  const before = first(shown);
  leave();
  expect(shown.prompts).toEqual([
    { ...before, asker: boto, target: staging, title: 'staging in 222233334444', accountId: '222233334444' },
  ]);
});

describe('a code that the user comes to wait for', () => {
  const phone = new Set([mfa().mfaSerial]);

  test('moves the question up, and it counts as asked by the user', () => {
    const { prompts, shown } = queue();
    void prompts.askMfa(mfa({ mfaSerial: 'arn:aws:iam::111122223333:mfa/other' }), never());
    void prompts.askMfa(mfa(), never());
    prompts.userWaitsFor(phone);
    expect(shown.prompts).toMatchObject([
      { deviceName: 'phone', userAsked: true, asker: terraform },
      { deviceName: 'other', userAsked: false },
    ]);
  });

  test('the same where the question comes after the click, until what was clicked is done', () => {
    const { prompts, shown } = queue();
    const done = prompts.userWaitsFor(phone);
    void prompts.askMfa(mfa(), never());
    done();
    void prompts.askMfa(mfa({ asker: boto }), never());
    expect(shown.prompts).toMatchObject([
      { asker: terraform, userAsked: true },
      { asker: boto, userAsked: false },
    ]);
  });

  test('is still given by the answer to that question', async () => {
    const { prompts, shown } = queue();
    const code = prompts.askMfa(mfa(), never());
    prompts.userWaitsFor(phone);
    prompts.answerMfa(first(shown).id, '123456');
    expect((await code) === 'auto').toBe(false);
    expect(shown.prompts).toEqual([]);
  });
});

describe('MFA codes', () => {
  test('the prompt says who asks, for what, with which device, and goes when it is answered', async () => {
    const { prompts, shown } = queue();
    const code = prompts.askMfa(mfa({ notBefore: new Date('2026-11-23T12:00:30Z') }), never());
    expect(first(shown)).toMatchObject({
      kind: 'mfa',
      asker: terraform,
      target,
      deviceName: 'phone',
      notBefore: '2026-11-23T12:00:30.000Z',
    });
    prompts.answerMfa(first(shown).id, '123456');
    const answer = await code;
    expect(answer === 'auto' ? answer : answer.reveal()).toBe('123456');
    expect(JSON.stringify(answer)).toBe('"[secret]"');
    expect(shown.prompts).toEqual([]);
  });

  test.each(['12345', '1234567', '１２３４５６', '12345\n', '123456\n', 'abcdef', '123456&Action=X', '', '12 34 56'])(
    'what is no code is refused and leaves the prompt: %j',
    async (text) => {
      const { prompts, shown } = queue();
      const code = prompts.askMfa(mfa(), never());
      expect(() => prompts.answerMfa(first(shown).id, text)).toThrow('six digits');
      expect(shown.prompts).toHaveLength(1);
      prompts.answerMfa(first(shown).id, '000000');
      await code;
    },
  );

  test.each([' 123456 ', '123 456'])('the spaces people paste are dropped: %j', async (text) => {
    const { prompts, shown } = queue();
    const code = prompts.askMfa(mfa(), never());
    prompts.answerMfa(first(shown).id, text);
    const answer = await code;
    expect(answer === 'auto' ? answer : answer.reveal()).toBe('123456');
  });

  test('one code never answers two callers: AWS takes each code once', async () => {
    const { prompts, shown } = queue();
    const codes = [prompts.askMfa(mfa(), never()), prompts.askMfa(mfa(), never())];
    expect(shown.prompts).toHaveLength(2);
    prompts.answerMfa(first(shown).id, '111111');
    expect(shown.prompts).toHaveLength(1);
    prompts.answerMfa(first(shown).id, '222222');
    const answers = await Promise.all(codes);
    expect(answers.map((answer) => (answer === 'auto' ? answer : answer.reveal()))).toEqual(['111111', '222222']);
  });

  test('a rejected code asks again at once, before whatever else waits', async () => {
    const { prompts, shown } = queue();
    const waiting = prompts.askMfa(mfa({ title: 'other', userAsked: true }), never());
    const lastFailure = { code: 'mfa-code-rejected', message: 'AWS did not take the code.', hint: 'Wait.' } as const;
    const again = prompts.askMfa(mfa({ lastFailure }), never());
    expect(first(shown)).toMatchObject({ lastFailure });
    prompts.answerMfa(first(shown).id, '123456');
    prompts.answerMfa(first(shown).id, '654321');
    await Promise.all([waiting, again]);
  });

  test('the authenticator answers only where it can', async () => {
    const { prompts, shown } = queue();
    const by = [prompts.askMfa(mfa({ canAutoFill: true }), never()), prompts.askMfa(mfa(), never())];
    prompts.autoFillMfa(first(shown).id);
    expect(await by[0]).toBe('auto');
    expect(() => prompts.autoFillMfa(first(shown).id)).toThrow('seed');
    prompts.answerMfa(first(shown).id, '123456');
    await by[1];
  });
});

describe('permissions', () => {
  test('fifty programs that need one sign-in wait on one prompt', async () => {
    const { prompts, shown } = queue();
    const answers = Array.from({ length: 50 }, (_, pid) =>
      prompts.askPermission(
        signIn({ asker: { ...terraform, pid }, target: { kind: 'profile', profile: `p${pid}` } }),
        never(),
      ),
    );
    expect(shown.prompts).toHaveLength(1);
    expect(first(shown)).toMatchObject({ kind: 'sign-in', ssoSession: 'corp', waiting: 50, userAsked: false });
    prompts.answerPermission(first(shown).id, 'accept');
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['accept']));
    expect(shown.prompts).toEqual([]);
  });

  test('the prompt names every program that waits, with its role, once', async () => {
    const { prompts, shown } = queue();
    const aws: Asker = { program: 'aws', pid: 4713, folder: undefined, parents: ['fish'] };
    const other: RoleTarget = { kind: 'profile', profile: 'staging' };
    const leaving = new AbortController();
    const answers = Promise.allSettled([
      prompts.askPermission(signIn(), leaving.signal),
      prompts.askPermission(signIn({ asker: boto }), never()),
      prompts.askPermission(signIn({ asker: { ...boto, pid: 9 } }), never()),
      prompts.askPermission(signIn({ asker: aws, target: other }), never()),
    ]);
    expect(first(shown)).toMatchObject({ asker: terraform, target, waiting: 4 });
    expect(first(shown)).toMatchObject({
      others: [
        { asker: { program: 'python3' }, target },
        { asker: aws, target: other },
      ],
    });
    // The first of them goes away: the prompt says who is left.
    leaving.abort(new Error('gone'));
    await settle();
    expect(first(shown)).toMatchObject({ asker: { program: 'python3' }, waiting: 3, others: [{ asker: aws }] });
    prompts.answerPermission(first(shown).id, 'accept');
    await answers;
  });

  test('a crowd is counted, and a few of it named', () => {
    const { prompts, shown } = queue();
    for (let at = 0; at < 100; at += 1) {
      void prompts.askPermission(signIn({ target: { kind: 'profile', profile: `p${at}` } }), never());
    }
    expect(first(shown)).toMatchObject({ waiting: 100 });
    const prompt = first(shown);
    expect(prompt.kind === 'sign-in' && prompt.others.length).toBe(8);
  });

  test('a caller that goes away leaves the others waiting; the last one takes the prompt along', async () => {
    const { prompts, shown } = queue();
    const [one, two] = [new AbortController(), new AbortController()];
    const answers = Promise.allSettled([
      prompts.askPermission(signIn(), one.signal),
      prompts.askPermission(signIn({ asker: boto }), two.signal),
    ]);
    one.abort(new Error('gone'));
    await settle();
    expect(first(shown)).toMatchObject({ waiting: 1 });
    two.abort(new Error('gone too'));
    await settle();
    expect(shown.prompts).toEqual([]);
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('two Identity Centers are two prompts', () => {
    const { prompts, shown } = queue();
    void prompts.askPermission(signIn(), never());
    void prompts.askPermission(signIn({ ssoSession: 'other' }), never());
    expect(shown.prompts).toHaveLength(2);
  });

  test('the use of a guarded role is confirmed for each program apart', async () => {
    const { prompts, shown } = queue();
    const use = (asker: Asker): Promise<string> =>
      prompts.askPermission(signIn({ kind: 'confirm-use', asker, guarded: true }), never());
    const answers = [use(terraform), use(boto), use(terraform)];
    expect(shown.prompts.map(({ asker }) => asker.program)).toEqual(['terraform', 'python3']);
    prompts.answerPermission(first(shown).id, 'refuse');
    prompts.answerPermission(first(shown).id, 'accept');
    expect(await Promise.all(answers)).toEqual(['refuse', 'accept', 'refuse']);
  });

  test('what the user wants comes before what programs want, and lifts what they both want', () => {
    const { prompts, shown } = queue();
    const you: Asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
    void prompts.askPermission(signIn({ ssoSession: 'a' }), never());
    void prompts.askPermission(signIn({ ssoSession: 'b' }), never());
    void prompts.askPermission(signIn({ ssoSession: 'b', asker: you, userAsked: true }), never());
    expect(shown.prompts).toMatchObject([
      { ssoSession: 'b', waiting: 2, userAsked: true, asker: you },
      { ssoSession: 'a', waiting: 1, userAsked: false },
    ]);
  });

  test('a sign-in done by another way answers those who wait for it', async () => {
    const { prompts, shown } = queue();
    const corp = prompts.askPermission(signIn(), never());
    void prompts.askPermission(signIn({ ssoSession: 'other' }), never());
    prompts.settleSignIn('corp');
    expect(await corp).toBe('accept');
    expect(shown.prompts).toMatchObject([{ ssoSession: 'other' }]);
  });
});

describe('ends', () => {
  test('cancelling rejects everyone who waits for that prompt, and nobody else', async () => {
    const { prompts, shown } = queue();
    const cancelled = [prompts.askPermission(signIn(), never()), prompts.askPermission(signIn(), never())];
    const other = prompts.askMfa(mfa(), never());
    prompts.cancel(first(shown).id);
    for (const answer of cancelled) {
      await expect(answer).rejects.toBeInstanceOf(CancelledError);
    }
    prompts.answerMfa(first(shown).id, '123456');
    await other;
  });

  test('a caller that was gone before it asked shows nothing', async () => {
    const { prompts, shown } = queue();
    await expect(prompts.askMfa(mfa(), AbortSignal.abort())).rejects.toThrow();
    await expect(prompts.askPermission(signIn(), AbortSignal.abort())).rejects.toThrow();
    expect(shown.prompts).toEqual([]);
  });

  test('an MFA caller that goes away takes its prompt along', async () => {
    const { prompts, shown } = queue();
    const gone = new AbortController();
    const code = prompts.askMfa(mfa(), gone.signal);
    gone.abort(new Error('closed'));
    await expect(code).rejects.toThrow('closed');
    expect(shown.prompts).toEqual([]);
  });

  test('an answer to a prompt that is gone, or of another kind, is an error and changes nothing', async () => {
    const { prompts, shown } = queue();
    const code = prompts.askMfa(mfa(), never());
    expect(() => prompts.answerMfa('nope', '123456')).toThrow('no longer open');
    expect(() => prompts.answerPermission(first(shown).id, 'accept')).toThrow('no longer open');
    expect(() => prompts.cancel('nope')).toThrow('no longer open');
    prompts.close();
    await expect(code).rejects.toBeInstanceOf(CancelledError);
    expect(shown.prompts).toEqual([]);
  });
});
