import type { FilePreview } from '../../../shared/commands.ts';
import { forgetSsoRoleCredentials } from '../../files/cli-cache.ts';
import { withFileLock } from '../../files/file-lock.ts';
import { BadInputError, toFailure } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { isAccountId } from '../../model/arn.ts';
import { findSsoSession, type SsoSession, type TokenMode } from '../sso/sso-session.ts';
import type { HelperPlace } from './plan-default.ts';
import { checkAllServed, planVaultOff, planVaultOn, vaultSessionsInFiles, type VaultPlan } from './plan-vault.ts';
import { asApplied, type ProfileFiles } from './profile-files.ts';
import type { UndoLog } from './undo-log.ts';
import type { VaultSessions } from './vault-sessions.ts';
import {
  copyIntoVault,
  copyOutOfVault,
  removeCacheFile,
  removeFromCache,
  removeFromVault,
  type TokenPlaces,
} from './vault-token-move.ts';

/** What switching vault mode works with. */
export interface VaultModeParts extends HelperPlace, TokenPlaces {
  readonly files: ProfileFiles;
  readonly undoLog: UndoLog;
  readonly sessions: VaultSessions;
  /** The folder of the locks under which tokens are renewed. */
  readonly lockDir: string;
  /** `~/.aws/cli/cache`. */
  readonly cliCacheDir: string;
  readonly log: (line: string) => void;
}

/** How to turn it off. */
export interface VaultOffOptions {
  /** Leaves the token in a secret store that cannot be reached, and the user signed out. */
  readonly withoutToken?: boolean;
}

const LOCK_TIMEOUT_MS = 60_000;

/**
 * Vault mode of one `[sso-session]`: its token in the secret store instead of `~/.aws/sso/cache`, its profiles served by our line with
 * their own keys kept beside. On and off again leaves every byte as it was.
 *
 * At every moment the profiles get credentials: a profile with our line is served in either mode, so the lines come first and go last.
 * What a crash leaves undone is done by switching again.
 */
export class VaultMode {
  readonly #parts: VaultModeParts;

  constructor(parts: VaultModeParts) {
    this.#parts = parts;
  }

  /**
   * What switching to `mode` would change in the files. Throws NotFoundError, BadInputError for the legacy form and for profiles that
   * would not be served, and as the editor does.
   */
  async preview(id: string, mode: TokenMode): Promise<readonly FilePreview[]> {
    return this.#parts.files.preview((await this.#plan(id, mode)).plan.edits);
  }

  /** Turns it on, or finishes that. Throws as `preview`, and what the secret store throws; then nothing has changed. */
  async turnOn(id: string): Promise<readonly FilePreview[]> {
    const { files, undoLog, sessions } = this.#parts;
    const { session, plan, profiles } = await this.#plan(id, 'vault');
    const previews = await files.preview(plan.edits);
    // The store first: without it nothing else makes sense.
    await this.#locked(session, () => this.#tryStore(session)).catch((error: unknown) =>
      this.#dropCopy(session, error),
    );
    const undo = await files.apply(plan.edits).catch((error: unknown) => this.#dropCopy(session, error));
    try {
      await this.#locked(session, () => this.#switchOn(session, profiles));
    } catch (error) {
      if (sessions.modeOf(id) === 'shared') {
        await files.apply(planVaultOff(await files.read(), id, this.#parts.platform).edits);
        await this.#dropCopy(session, error);
      }
      throw error;
    }
    await undoLog.record({ kind: 'vault-on', subject: id }, undo);
    await this.#forgetCliCredentials(session, plan.profiles);
    return asApplied(previews);
  }

  /** Turns it off, or finishes that. Throws as `preview`, and what the secret store throws; then nothing has changed. */
  async turnOff(id: string, { withoutToken = false }: VaultOffOptions = {}): Promise<readonly FilePreview[]> {
    const { files, undoLog, sessions } = this.#parts;
    const { session, plan, profiles } = await this.#plan(id, 'shared');
    const previews = await files.preview(plan.edits);
    const others = vaultSessionsInFiles(profiles, this.#parts.platform);
    const wrote = await this.#locked(session, async () => {
      const written = !withoutToken && (await copyOutOfVault(this.#parts, session));
      await sessions.set(id, 'shared', others);
      return written;
    });
    try {
      const undo = await files.apply(plan.edits);
      await undoLog.record({ kind: 'vault-off', subject: id }, undo);
    } catch (error) {
      await this.#locked(session, () => this.#backToVault(session, others, wrote));
      throw error;
    }
    if (!withoutToken) {
      await this.#locked(session, () => removeFromVault(this.#parts, session));
    }
    return asApplied(previews);
  }

  async #plan(
    id: string,
    mode: TokenMode,
  ): Promise<{ readonly session: SsoSession; readonly plan: VaultPlan; readonly profiles: AwsProfiles }> {
    const { files, platform } = this.#parts;
    const profiles = await files.read();
    const session = findSsoSession(profiles, id);
    if (session.form === 'legacy') {
      throw new BadInputError(
        'Vault mode needs an Identity Center with a section of its own.',
        'Add an [sso-session] for this start URL, and name it in the profiles instead of the start URL.',
      );
    }
    if (mode === 'shared') {
      return { session, profiles, plan: planVaultOff(profiles, id, platform) };
    }
    const plan = planVaultOn(profiles, id, this.#parts);
    checkAllServed(await files.readAfter(plan.edits), plan);
    return { session, profiles, plan };
  }

  /** A copy in the vault means nothing while the mode is shared. */
  async #tryStore(session: SsoSession): Promise<void> {
    await this.#parts.secrets.names();
    await copyIntoVault(this.#parts, session);
  }

  async #switchOn(session: SsoSession, profiles: AwsProfiles): Promise<void> {
    const { sessions, platform } = this.#parts;
    await copyIntoVault(this.#parts, session);
    await sessions.set(session.id, 'vault', vaultSessionsInFiles(profiles, platform));
    await removeFromCache(this.#parts, session);
  }

  /** Where it was not switched on after all; then throws what kept it from that. */
  async #dropCopy(session: SsoSession, error: unknown): Promise<never> {
    if (this.#parts.sessions.modeOf(session.id) === 'shared') {
      await this.#locked(session, () => removeFromVault(this.#parts, session)).catch(() => undefined);
    }
    throw error;
  }

  async #backToVault(session: SsoSession, others: ReadonlySet<string>, wroteToken: boolean): Promise<void> {
    await this.#parts.sessions.set(session.id, 'vault', others);
    if (wroteToken) {
      await removeCacheFile(this.#parts.cache, session);
    }
  }

  /** What the AWS CLI kept of these roles is used by nobody any more. It can be fetched again, so failing to is no failure. */
  async #forgetCliCredentials(session: SsoSession, profiles: readonly EffectiveProfile[]): Promise<void> {
    const owner = { kind: 'named', name: session.cacheKey } as const;
    const roles = profiles.flatMap(({ accountId, roleName }) =>
      isAccountId(accountId) && roleName !== undefined ? [{ accountId, roleName, session: owner }] : [],
    );
    await forgetSsoRoleCredentials(this.#parts.cliCacheDir, this.#parts.cache.clock, roles).catch((error: unknown) =>
      this.#parts.log(`The AWS CLI's kept credentials of ${session.id} stay: ${toFailure(error).message}`),
    );
  }

  /** Under the lock that renewals take, so that none happens between copy and switch. */
  #locked<T>(session: SsoSession, action: () => Promise<T>): Promise<T> {
    const { lockDir, cache } = this.#parts;
    const options = { clock: cache.clock, timeoutMs: LOCK_TIMEOUT_MS };
    return withFileLock(lockDir, `sso-token ${session.cacheKey}`, action, options);
  }
}
