import type { Asker } from '../shared/app-state.ts';
import type { Clock } from '../core/model/clock.ts';
import { sleep } from '../core/model/clock.ts';
import { MfaNeededError } from '../core/session/mfa/errors.ts';
import { SignInNeededError } from '../core/session/errors.ts';
import type { MfaQuestion, PermissionQuestion, PromptPort } from '../core/session/ports.ts';
import type { Secret } from '../core/model/secret.ts';
import { oneLine } from './terminal-text.ts';
import type { Terminal } from './terminal-prompt.ts';
import type { TakeTurn } from './terminal-turns.ts';

/**
 * Questions on the user's own terminal (`/dev/tty`), so that they reach a person also when stdin and stdout belong to a program.
 * Without a terminal every question fails at once: a program that waits for nobody hangs for ever. With one, each waits for its turn.
 */
export function terminalPrompts(
  openTerminal: () => Terminal | undefined,
  clock: Clock,
  takeTurn: TakeTurn,
): PromptPort {
  return {
    async askMfa(question, signal) {
      const terminal = openTerminal();
      if (terminal === undefined) {
        throw new MfaNeededError(question.mfaSerial);
      }
      try {
        return await takeTurn(signal, (turn) => askCode(terminal, question, clock, turn));
      } finally {
        terminal.close();
      }
    },
    async askPermission(question, signal) {
      const terminal = openTerminal();
      if (terminal === undefined) {
        if (question.kind === 'sign-in') {
          throw new SignInNeededError(question.ssoSession ?? question.title, 'signed-out');
        }
        return 'refuse';
      }
      try {
        return await takeTurn(signal, (turn) => askYesOrNo(terminal, question, turn));
      } finally {
        terminal.close();
      }
    },
  };
}

async function askCode(terminal: Terminal, question: MfaQuestion, clock: Clock, signal: AbortSignal): Promise<Secret> {
  if (question.lastFailure !== undefined) {
    terminal.write(`${oneLine(`${question.lastFailure.message} ${question.lastFailure.hint}`)}\n`);
  }
  const waitMs = question.notBefore === undefined ? 0 : question.notBefore.getTime() - clock.now().getTime();
  if (waitMs > 0) {
    terminal.write(`AWS takes each code once; the next one comes in ${Math.ceil(waitMs / 1000)} s.\n`);
    await sleep(clock, waitMs, signal);
  }
  return terminal.readHidden(`MFA code of ${oneLine(question.mfaSerial)} for ${oneLine(question.title)}: `, signal);
}

async function askYesOrNo(
  terminal: Terminal,
  question: PermissionQuestion,
  signal: AbortSignal,
): Promise<'accept' | 'refuse'> {
  const what =
    question.kind === 'sign-in'
      ? `Sign in to ${question.title} in the browser now?`
      : `${whoAsks(question.asker)} wants to use ${question.title}${question.guarded ? ', a guarded role' : ''}. Allow it?`;
  const answer = await terminal.readHidden(`${oneLine(what)} [y/N] `, signal);
  return /^y(es)?$/i.test(answer.reveal().trim()) ? 'accept' : 'refuse';
}

function whoAsks({ program, pid, folder }: Asker): string {
  return `${program}${pid === undefined ? '' : ` (${pid})`}${folder === undefined ? '' : ` in ${folder}`}`;
}
