import type { Asker, MarkColour } from '../../shared/app-state.ts';
import type { Opener, OpenerChoice } from '../../shared/console-opener.ts';
import type { Failure } from '../../shared/reply.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import type { Clock } from '../model/clock.ts';
import type { Secret } from '../model/secret.ts';
import type { Callers } from './callers.ts';

/** What the core knows of the machine and user it runs for. Read once at the start; tests give their own. */
export interface Surroundings {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Our own folder (`ROLECALL_HOME`, else the platform's config folder). */
  readonly rolecallHome: string;
  /** One line for the log; already redacted by the caller's sink. */
  readonly log: (line: string) => void;
}

/** Opens a URL in the user's default browser. The URL may be signed: it must not reach argv, logs or history of other programs where that can be helped. */
export interface BrowserPort {
  open(url: Secret): Promise<void>;
}

/** Opens the page of a sign-in where the user signs in to that Identity Center. */
export interface SignInBrowser {
  open(url: Secret, ssoSession: string): Promise<void>;
}

/** Every place on this machine where an address can be opened. */
export interface Browsers {
  /** In the default browser where no place is said. */
  open(url: Secret, place?: BrowserPlace): Promise<void>;
  /** What there is; the default browser comes first. Never throws. */
  openers(): Promise<readonly OpenerChoice[]>;
}

/** Where an address is to open. */
export interface BrowserPlace {
  readonly opener: Opener;
  /** For openers that use a container: which. */
  readonly container: { readonly name: string; readonly colour: MarkColour | undefined };
}

/** The system clipboard. */
export interface ClipboardPort {
  /** Writes with the platform's "do not keep" markers where it has them. */
  write(text: Secret): Promise<void>;
  /** Empties it if it still holds `text`. Never throws: at worst the text stays. */
  clearIfStill(text: Secret): Promise<void>;
}

/** A code of an MFA device is needed. */
export interface MfaQuestion {
  readonly asker: Asker;
  readonly target: RoleTarget;
  /** What the code is for, in a few words: the role and account. */
  readonly title: string;
  readonly mfaSerial: string;
  readonly accountId: string | undefined;
  /** The code current before this moment was used; AWS takes each once. */
  readonly notBefore: Date | undefined;
  /** Why the last code was not taken, when this asks again. */
  readonly lastFailure: Failure | undefined;
  readonly canAutoFill: boolean;
  readonly userAsked: boolean;
  /** Where the code is for several: who of them waits still. */
  readonly callers?: Callers | undefined;
}

/** A sign-in, or the use of a guarded role, needs the user's word. */
export interface PermissionQuestion {
  readonly kind: 'sign-in' | 'confirm-use';
  readonly asker: Asker;
  readonly target: RoleTarget;
  readonly title: string;
  readonly ssoSession: string | undefined;
  readonly guarded: boolean;
  readonly userAsked: boolean;
}

/**
 * Questions to the user: a popup in the app, the terminal in the command line.
 *
 * Both reject with CancelledError when the user declines to answer, and with MfaNeededError or SignInNeededError at once where
 * there is nobody to ask.
 */
export interface PromptPort {
  /** Six digits, or `auto` to let the built-in authenticator answer. */
  askMfa(question: MfaQuestion, signal: AbortSignal): Promise<Secret | 'auto'>;
  askPermission(question: PermissionQuestion, signal: AbortSignal): Promise<'accept' | 'refuse'>;
}

/** Who asks and how long they wait; passed along every use case. */
export interface CallContext {
  readonly asker: Asker;
  /** A person caused it just now and looks at the screen. */
  readonly userAsked: boolean;
  readonly signal: AbortSignal;
  /** Where this is done for several at once: those. */
  readonly callers?: Callers | undefined;
}
