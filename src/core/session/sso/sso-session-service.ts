import type { SignInStep, SsoAccess } from '../../../shared/app-state.ts';
import { isOtherLiving } from '../../files/lock-owner.ts';
import type { Secret } from '../../model/secret.ts';
import type { SignInMethod } from './client-records.ts';
import { toFailure } from '../../model/errors.ts';
import { SignInExpiredError, SignInFailedError } from '../errors.ts';
import { detectRegion, resolveStartUrl } from './detect-region.ts';
import { addSsoSession, removeSsoSession, type NewSsoSession, type SsoSessionEditPorts } from './edit-sso-sessions.ts';
import { pendingSignIn, signIn } from './sign-in.ts';
import type { SignInPorts } from './sign-in-ports.ts';
import { signOut, type SignOutPorts } from './sign-out.ts';
import { findSsoSession, type SsoSession } from './sso-session.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** What Identity Centers need: `SsoSessionService` is made from it. */
export interface SsoSessionPorts extends SignInPorts, SsoSessionEditPorts, SignOutPorts {
  readonly keeper: TokenKeeper;
  onNewSignIn(listener: (ssoSession: string) => void): () => void;
}

/** How a sign-in goes. */
export interface SignInOptions {
  readonly method: SignInMethod;
  readonly onStep: (step: SignInStep) => void;
  readonly openBrowser: boolean;
  /** Gets the address the user has to visit. */
  readonly onAddress?: (url: Secret) => void;
  /** Shows the address to the user where the browser does not open; without it, that ends the sign-in. */
  readonly onBrowserFailed?: (url: Secret) => void;
}

/** Who got the token that AWS refuses to us, since it gives one only once, has put it in its place after so long. */
const OTHERS_PUT_MS = 1_000;

/** Identity Centers: adding them, signing in and out. Ids are names of `[sso-session]` sections, or start URLs in the legacy form. */
export class SsoSessionService {
  readonly #ports: SsoSessionPorts;
  readonly #addresses = new Map<string, Secret>();

  constructor(ports: SsoSessionPorts) {
    this.#ports = ports;
  }

  /** The region of a portal. Throws BadInputError for what is no portal's address and where the region cannot be found out. */
  detectRegion(startUrl: string, signal: AbortSignal): Promise<string> {
    return detectRegion(this.#ports.network, startUrl, signal);
  }

  /** Writes the section; an address on a company's own host is replaced by AWS's, which every tool's version understands. */
  async add(input: NewSsoSession): Promise<{ readonly id: string }> {
    const { url } = await resolveStartUrl(this.#ports.network, input.startUrl, new AbortController().signal);
    const name = input.name.trim();
    await addSsoSession(this.#ports, { name, startUrl: url, region: input.region.trim() });
    return { id: name };
  }

  /** Signs out where needed and removes the section. Throws as `removeSsoSession` does; then the sign-in is untouched. */
  async remove(id: string): Promise<void> {
    const session = await this.find(id).catch(() => undefined);
    await removeSsoSession(this.#ports, id);
    if (session !== undefined) {
      await signOut(this.#ports, session, new AbortController().signal);
    }
  }

  /**
   * Signs in and puts the token in its place. Throws what the two ways to sign in throw, unless somebody else has signed in meanwhile:
   * another process may have gone on with the very sign-in that this one waits for.
   */
  async signIn(id: string, options: SignInOptions, signal: AbortSignal): Promise<void> {
    const { keeper } = this.#ports;
    const session = await this.find(id);
    const before = await keeper.read(session);
    try {
      await this.#signIn(session, options, signal);
    } catch (error) {
      const waitMs = error instanceof SignInFailedError ? OTHERS_PUT_MS : 0;
      const mayBeIn = waitMs > 0 || error instanceof SignInExpiredError;
      if (!mayBeIn || !(await keeper.isReplaced(session, before, waitMs, signal))) {
        throw error;
      }
    }
  }

  async #signIn(session: SsoSession, options: SignInOptions, signal: AbortSignal): Promise<void> {
    const { id } = session;
    const onAddress = (url: Secret): void => {
      this.#addresses.set(id, url);
      options.onAddress?.(url);
    };
    try {
      const token = await signIn(this.#ports, options.method, { ...options, session, onAddress }, signal);
      await this.#ports.keeper.put(session, token, signal);
      await this.#forgetSharedRoles();
    } finally {
      this.#addresses.delete(id);
    }
  }

  /** What commands left for one another is of the sign-in before. The new one is done, whether or not that can be taken back. */
  async #forgetSharedRoles(): Promise<void> {
    await this.#ports.forgetSharedRoles().catch((error: unknown) => {
      this.#ports.log(`what commands left for one another could not be taken back: ${toFailure(error).message}`);
    });
  }

  /**
   * Tells of every token that came by a sign-in, by whatever program, in the place of another one of the same or another person. A renewal
   * is none. What was got by the former token is not to be used any more.
   */
  onNewSignIn(listener: (ssoSession: string) => void): () => void {
    return this.#ports.onNewSignIn(listener);
  }

  /** The address of the sign-in that waits now. */
  pendingAddress(id: string): Secret | undefined {
    return this.#addresses.get(id);
  }

  /**
   * How a sign-in was going on when the program last ended, if it can still be finished: `signIn` by that method goes on with it. None where
   * another process waits for its end, such as the command in a terminal: two would take each other's code.
   */
  async pendingMethod(id: string): Promise<SignInMethod | undefined> {
    const pending = await pendingSignIn(this.#ports, await this.find(id));
    const isLeft = pending?.waiter === undefined || !isOtherLiving(pending.waiter);
    return isLeft ? pending?.method : undefined;
  }

  async access(id: string): Promise<SsoAccess> {
    return this.#ports.keeper.access(await this.find(id));
  }

  async renew(id: string, signal: AbortSignal): Promise<void> {
    await this.#ports.keeper.renew(await this.find(id), signal);
  }

  async accessToken(id: string, signal: AbortSignal): Promise<Secret> {
    return (await this.#ports.keeper.fresh(await this.find(id), signal)).accessToken;
  }

  async signOut(id: string, signal: AbortSignal): Promise<void> {
    await signOut(this.#ports, await this.find(id), signal);
  }

  /** Throws NotFoundError, SsoSessionIncompleteError. */
  async find(id: string): Promise<SsoSession> {
    return findSsoSession(await this.#ports.readProfiles(), id);
  }
}
