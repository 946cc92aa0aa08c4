import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../src/cli/terminal-prompt.ts';
import { terminalPrompts } from '../../src/cli/terminal-prompts.ts';
import type { TakeTurn } from '../../src/cli/terminal-turns.ts';
import { Secret } from '../../src/core/model/secret.ts';
import type { MfaQuestion, PermissionQuestion } from '../../src/core/session/ports.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

const asker = { program: 'rolecall', pid: 1, folder: '/', parents: [] };
const target = { kind: 'profile', profile: 'admin-role' } as const;
const MFA: MfaQuestion = {
  asker,
  target,
  title: 'admin in 111122223333',
  mfaSerial: 'arn:aws:iam::111122223333:mfa/phone',
  accountId: '111122223333',
  notBefore: undefined,
  lastFailure: undefined,
  canAutoFill: false,
  userAsked: true,
};
const PERMISSION: PermissionQuestion = {
  kind: 'sign-in',
  asker,
  target,
  title: 'corp',
  ssoSession: 'corp',
  guarded: false,
  userAsked: true,
};

function terminalThatTypes(text: string) {
  const written: string[] = [];
  const terminal: Terminal & { closed: boolean } = {
    closed: false,
    write: (line) => void written.push(line),
    readHidden: async (question) => {
      written.push(question);
      return new Secret(text);
    },
    close() {
      this.closed = true;
    },
  };
  return { terminal, written };
}

const signal = new AbortController().signal;
const atOnce: TakeTurn = (given, ask) => ask(given);

describe('terminalPrompts', () => {
  test('asks for the code naming device and role, and closes the terminal', async () => {
    const { terminal, written } = terminalThatTypes('123456');
    const answer = await terminalPrompts(() => terminal, new FakeClock(), atOnce).askMfa(MFA, signal);
    expect(answer).toBeInstanceOf(Secret);
    expect((answer as Secret).reveal()).toBe('123456');
    expect(written.join('')).toContain('mfa/phone for admin in 111122223333');
    expect(terminal.closed).toBe(true);
  });

  test('waits for the next code where the present one was used', async () => {
    const clock = new FakeClock('2026-11-23T12:00:10Z');
    const { terminal, written } = terminalThatTypes('123456');
    let answered = false;
    const asking = terminalPrompts(() => terminal, clock, atOnce)
      .askMfa({ ...MFA, notBefore: new Date('2026-11-23T12:00:30Z') }, signal)
      .then(() => (answered = true));
    await clock.advance(19_000);
    expect(written.join('')).toContain('the next one comes in 20 s');
    expect(answered).toBe(false);
    await clock.advance(1000);
    await asking;
    expect(answered).toBe(true);
  });

  test('without a terminal a code or a sign-in fails at once, and a guarded role is refused', async () => {
    const prompts = terminalPrompts(() => undefined, new FakeClock(), atOnce);
    await expect(prompts.askMfa(MFA, signal)).rejects.toMatchObject({ code: 'mfa-needed' });
    await expect(prompts.askPermission(PERMISSION, signal)).rejects.toMatchObject({ code: 'sign-in-needed' });
    await expect(prompts.askPermission({ ...PERMISSION, kind: 'confirm-use' }, signal)).resolves.toBe('refuse');
  });

  test('who wants to use a guarded role is named', async () => {
    const { terminal, written } = terminalThatTypes('y');
    const confirm = { ...PERMISSION, kind: 'confirm-use', title: 'Admin in 111122223333', guarded: true } as const;
    await terminalPrompts(() => terminal, new FakeClock(), atOnce).askPermission(
      { ...confirm, asker: { program: 'terraform\u001B[2J', pid: 4711, folder: '/srv/infra', parents: [] } },
      signal,
    );
    expect(written.join('')).toMatch(
      /^terraform.* \(4711\) in \/srv\/infra wants to use Admin in 111122223333, a guarded role\. Allow it\? \[y\/N\] $/,
    );
    expect(written.join('')).not.toContain('\u001B');
  });

  test.each([
    ['y', 'accept'],
    ['YES', 'accept'],
    ['', 'refuse'],
    ['yep', 'refuse'],
  ])('%j means %s', async (typed, expected) => {
    const { terminal } = terminalThatTypes(typed);
    expect(await terminalPrompts(() => terminal, new FakeClock(), atOnce).askPermission(PERMISSION, signal)).toBe(
      expected,
    );
  });
});
