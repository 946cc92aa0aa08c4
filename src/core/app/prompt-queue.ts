import { randomUUID } from 'node:crypto';
import { mfaDeviceName } from '../model/arn.ts';
import { CancelledError, NotFoundError } from '../model/errors.ts';
import { targetKey } from '../../shared/role-target.ts';
import { MfaCodeMalformedError, NoSeedError } from '../session/mfa/errors.ts';
import { parseTokenCode } from '../session/mfa/token-code.ts';
import { Waiters } from './waiters.ts';
import { othersWaiting } from './waiting-programs.ts';
import type { Secret } from '../model/secret.ts';
import type { WaitingCaller } from '../session/callers.ts';
import type { MfaQuestion, PermissionQuestion, PromptPort } from '../session/ports.ts';
import type { PromptState, WaitingProgram } from '../../shared/app-state.ts';

type MfaPrompt = Extract<PromptState, { kind: 'mfa' }>;
type PermissionPrompt = Exclude<PromptState, { kind: 'mfa' }>;

interface MfaEntry {
  readonly kind: 'mfa';
  readonly prompt: MfaPrompt;
  readonly waiters: Waiters<Secret | 'auto'>;
}

interface PermissionEntry {
  readonly kind: 'permission';
  readonly prompt: PermissionPrompt;
  readonly joinKey: string;
  readonly waiters: Waiters<'accept' | 'refuse'>;
  /** Who waits, in the order in which they came. */
  readonly callers: Set<WaitingProgram>;
}

type Entry = MfaEntry | PermissionEntry;

/**
 * The questions that wait for the user, in the order in which they are shown: one at a time, the first.
 *
 * Callers that ask for the same permission wait on one prompt. MFA codes are never shared: AWS takes each code once, so every
 * asker gets a prompt of its own. A question asked again after a rejected code comes first, what the user caused comes before
 * what programs want in the background.
 */
export class PromptQueue implements PromptPort {
  readonly #onChange: (prompts: readonly PromptState[]) => void;
  #entries: readonly Entry[] = [];
  /** The devices whose codes the user waits for, once for each of their clicks. */
  readonly #awaited = new Set<ReadonlySet<string>>();

  /** `onChange` gets the prompts to show after every change. */
  constructor(onChange: (prompts: readonly PromptState[]) => void) {
    this.#onChange = onChange;
  }

  askMfa(question: MfaQuestion, signal: AbortSignal): Promise<Secret | 'auto'> {
    if (signal.aborted) {
      return Promise.reject(signal.reason as Error);
    }
    const prompt = mfaPrompt({ ...question, userAsked: question.userAsked || this.#isAwaited(question.mfaSerial) });
    const entry: MfaEntry = { kind: 'mfa', prompt, waiters: new Waiters() };
    this.#insert(entry);
    const stop = question.callers?.onChange(() => this.#rename(prompt.id, question.callers?.first()));
    return entry.waiters.add(signal, () => this.#remove(prompt.id)).finally(stop);
  }

  /** Who asked first may have gone while others wait for the same code. */
  #rename(promptId: string, caller: WaitingCaller | undefined): void {
    const entry = this.#entries.find(({ prompt }) => prompt.id === promptId);
    if (entry?.kind !== 'mfa' || caller === undefined) {
      return;
    }
    const { asker, target, title = entry.prompt.title, accountId = entry.prompt.accountId } = caller;
    if (JSON.stringify([asker, target]) === JSON.stringify([entry.prompt.asker, entry.prompt.target])) {
      return;
    }
    const renamed = { ...entry, prompt: { ...entry.prompt, asker, target, title, accountId } };
    this.#show(this.#entries.map((other) => (other === entry ? renamed : other)));
  }

  /**
   * The user clicked what may need a code of one of these devices: whoever asked for it first, and comes to ask until the returned
   * function is called, asks on the user's behalf too. Their question moves up and may take the keyboard.
   */
  userWaitsFor(mfaSerials: ReadonlySet<string>): () => void {
    this.#awaited.add(mfaSerials);
    for (const entry of this.#entries) {
      if (entry.kind === 'mfa' && !entry.prompt.userAsked && mfaSerials.has(entry.prompt.mfaSerial)) {
        this.#raise({ ...entry, prompt: { ...entry.prompt, userAsked: true } });
      }
    }
    return () => {
      this.#awaited.delete(mfaSerials);
    };
  }

  askPermission(question: PermissionQuestion, signal: AbortSignal): Promise<'accept' | 'refuse'> {
    if (signal.aborted) {
      return Promise.reject(signal.reason as Error);
    }
    const entry = this.#joined(question) ?? this.#newPermission(question);
    const caller: WaitingProgram = { asker: question.asker, target: question.target };
    entry.callers.add(caller);
    const answer = entry.waiters.add(signal, () => {
      entry.callers.delete(caller);
      this.#recount(entry.prompt.id);
    });
    this.#recount(entry.prompt.id);
    return answer;
  }

  /** Gives the code the user typed; spaces around and within it are dropped. Throws MfaCodeMalformedError for what is no code and leaves the prompt. */
  answerMfa(promptId: string, tokenCode: string): void {
    const entry = this.#find(promptId, 'mfa');
    const code = parseTokenCode(tokenCode);
    if (code === undefined) {
      throw new MfaCodeMalformedError();
    }
    this.#remove(promptId);
    entry.waiters.settle(code);
  }

  /** Lets the built-in authenticator answer. Throws NoSeedError where it holds none for this device. */
  autoFillMfa(promptId: string): void {
    const entry = this.#find(promptId, 'mfa');
    if (!entry.prompt.canAutoFill) {
      throw new NoSeedError(entry.prompt.mfaSerial);
    }
    this.#remove(promptId);
    entry.waiters.settle('auto');
  }

  answerPermission(promptId: string, answer: 'accept' | 'refuse'): void {
    const entry = this.#find(promptId, 'permission');
    this.#remove(promptId);
    entry.waiters.settle(answer);
  }

  /** The user does not want to answer: everyone who waits for this prompt gets CancelledError. */
  cancel(promptId: string): void {
    const entry = this.#entries.find(({ prompt }) => prompt.id === promptId);
    if (entry === undefined) {
      throw promptGone();
    }
    this.#remove(promptId);
    entry.waiters.fail(new CancelledError('The question'));
  }

  /** Answers every sign-in prompt of this Identity Center: the user signed in by another way. */
  settleSignIn(ssoSession: string): void {
    for (const entry of this.#entries) {
      if (entry.kind === 'permission' && entry.prompt.kind === 'sign-in' && entry.prompt.ssoSession === ssoSession) {
        this.answerPermission(entry.prompt.id, 'accept');
      }
    }
  }

  /** Ends every question with CancelledError. */
  close(): void {
    const entries = this.#entries;
    this.#show([]);
    for (const entry of entries) {
      entry.waiters.fail(new CancelledError('The question'));
    }
  }

  #joined(question: PermissionQuestion): PermissionEntry | undefined {
    const joinKey = permissionKey(question);
    const entry = this.#entries.find(
      (other): other is PermissionEntry => other.kind === 'permission' && other.joinKey === joinKey,
    );
    if (entry === undefined || !question.userAsked || entry.prompt.userAsked) {
      return entry;
    }
    // The user now waits for what so far only programs wanted: it moves up and may take the keyboard.
    const raised: PermissionEntry = {
      ...entry,
      prompt: { ...entry.prompt, asker: question.asker, target: question.target, userAsked: true },
    };
    this.#raise(raised);
    return raised;
  }

  #newPermission(question: PermissionQuestion): PermissionEntry {
    const prompt = permissionPrompt(question);
    const entry: PermissionEntry = {
      kind: 'permission',
      prompt,
      joinKey: permissionKey(question),
      waiters: new Waiters(),
      callers: new Set(),
    };
    this.#insert(entry);
    return entry;
  }

  #find<Kind extends Entry['kind']>(promptId: string, kind: Kind): Extract<Entry, { kind: Kind }> {
    const entry = this.#entries.find(
      (other): other is Extract<Entry, { kind: Kind }> => other.prompt.id === promptId && other.kind === kind,
    );
    if (entry === undefined) {
      throw promptGone();
    }
    return entry;
  }

  #insert(entry: Entry): void {
    const rank = rankOf(entry.prompt);
    const before = this.#entries.filter(({ prompt }) => rankOf(prompt) <= rank);
    const after = this.#entries.filter(({ prompt }) => rankOf(prompt) > rank);
    this.#show([...before, entry, ...after]);
  }

  /** Puts an entry in its own place anew, now that the user asked for it. */
  #raise(raised: Entry): void {
    this.#entries = this.#entries.filter(({ prompt }) => prompt.id !== raised.prompt.id);
    this.#insert(raised);
  }

  #isAwaited(mfaSerial: string): boolean {
    return [...this.#awaited].some((mfaSerials) => mfaSerials.has(mfaSerial));
  }

  #remove(promptId: string): void {
    this.#show(this.#entries.filter(({ prompt }) => prompt.id !== promptId));
  }

  #recount(promptId: string): void {
    const entries = this.#entries.filter(({ prompt, waiters }) => prompt.id !== promptId || waiters.size > 0);
    this.#show(
      entries.map((entry) => (entry.kind === 'permission' && entry.prompt.id === promptId ? recounted(entry) : entry)),
    );
  }

  #show(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#onChange(entries.map(({ prompt }) => prompt));
  }
}

function promptGone(): NotFoundError {
  return new NotFoundError('This question is no longer open.', 'Nothing needs to be done.');
}

/** The same question, with those who wait for it now. */
function recounted(entry: PermissionEntry): PermissionEntry {
  const { prompt, callers, waiters } = entry;
  const [earliest] = callers;
  if (prompt.kind !== 'sign-in' || earliest === undefined) {
    return entry;
  }
  // Who asked first may have gone away; what the user asked for stays named as theirs.
  const { asker, target } = prompt.userAsked ? prompt : earliest;
  const others = othersWaiting({ asker, target }, callers);
  return { ...entry, prompt: { ...prompt, asker, target, waiting: waiters.size, others } };
}

/** Lower is shown first. */
function rankOf(prompt: PromptState): number {
  if (prompt.kind === 'mfa' && prompt.lastFailure !== undefined) {
    return 0;
  }
  return prompt.userAsked ? 1 : 2;
}

/** Everyone who needs one sign-in waits together; the use of a guarded role is confirmed for each program apart. */
function permissionKey(question: PermissionQuestion): string {
  return question.kind === 'sign-in'
    ? JSON.stringify(['sign-in', question.ssoSession ?? targetKey(question.target)])
    : JSON.stringify(['confirm-use', targetKey(question.target), question.asker.program, question.asker.pid ?? null]);
}

function mfaPrompt(question: MfaQuestion): MfaPrompt {
  return {
    kind: 'mfa',
    id: randomUUID(),
    asker: question.asker,
    target: question.target,
    title: question.title,
    mfaSerial: question.mfaSerial,
    deviceName: mfaDeviceName(question.mfaSerial),
    accountId: question.accountId,
    notBefore: question.notBefore?.toISOString(),
    lastFailure: question.lastFailure,
    canAutoFill: question.canAutoFill,
    userAsked: question.userAsked,
  };
}

function permissionPrompt(question: PermissionQuestion): PermissionPrompt {
  const { asker, target, title, guarded, userAsked } = question;
  const common = { id: randomUUID(), asker, target, userAsked };
  return question.kind === 'sign-in'
    ? { ...common, kind: 'sign-in', ssoSession: question.ssoSession ?? '', waiting: 0, others: [] }
    : { ...common, kind: 'confirm-use', title, guarded };
}
