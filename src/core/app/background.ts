import type { Clock } from '../model/clock.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import type { Asker, LiveRole } from '../../shared/app-state.ts';
import { TICK_MS } from './access-watch.ts';
import { CONDITION_PREFIX, conditionNotices } from './condition-notices.ts';
import type { PowerEvent } from './core.ts';
import type { Connectivity } from './connectivity.ts';
import { DirectoryAges } from './directory-ages.ts';
import { EXPIRY_PREFIX, expiryNotices } from './expiry-notices.ts';
import type { HandlerContext } from './handlers/handler.ts';
import { liveRoles } from './live-roles.ts';

/** What goes on without anybody's command works with. */
export interface BackgroundParts extends HandlerContext {
  readonly clock: Clock;
  readonly connectivity: Connectivity;
}

const OWN_ASKER: Asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
/** Nobody tells the loopback host that the network is back: after this long it counts as back until a call fails. */
const OFFLINE_BELIEVED_MS = 60_000;

/** Keeps the state true while nobody does anything: files, sign-ins, ends of credentials, the network. */
export class Background {
  readonly #parts: BackgroundParts;
  readonly #copied = new Map<string, LiveRole>();
  readonly #directoryAges = new DirectoryAges();
  readonly #stops: (() => void)[] = [];
  #ticks = 0;
  #offlineSinceTick: number | undefined;
  #cancelTick: () => void = () => {};

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
  }

  /**
   * Reads the files and shows what was kept; then begins to watch. Resolves once the screen has all that is known without AWS;
   * the accounts of those signed in are asked for behind. `onRead` is called once the files are read, before the sign-ins are looked
   * at: for those a locked keyring may have to be opened.
   */
  async start(onRead: () => void): Promise<void> {
    const { services, store } = this.#parts;
    this.#showLiveRoles();
    store.update(() => ({ secretStore: services.secretStore.status() }));
    this.#stops.push(
      services.credentials.onChange(() => this.#showLiveRoles()),
      services.secretStore.onStatus((secretStore) => store.update(() => ({ secretStore }))),
      services.profiles.watch(() => void this.reload()),
    );
    await this.#read();
    onRead();
    await this.#parts.access.refresh();
    this.#showNotices();
    this.#scheduleTick();
    void this.#resumeSignIns();
  }

  /** Reads `~/.aws` and the sign-ins again. */
  async reload(): Promise<void> {
    await this.#read();
    await this.#parts.access.refresh();
  }

  async #read(): Promise<void> {
    const { files, directories, store } = this.#parts;
    await files.load();
    await directories.showKept(store.get().ssoSessions.map(({ id }) => id));
  }

  onPowerEvent(event: PowerEvent): void {
    const { access, clipboard, connectivity } = this.#parts;
    switch (event) {
      case 'lock':
        void clipboard.clear();
        return;
      case 'offline':
        connectivity.set(false);
        return;
      case 'online':
        connectivity.set(true);
        break;
      case 'resume':
      case 'unlock':
        break;
    }
    access.retryNow();
    void this.#tick(event === 'online');
  }

  /** Credentials of this target were taken away to the clipboard. */
  noteCopied(target: RoleTarget, expiresAt: Date): void {
    const key = targetKey(target);
    this.#copied.set(key, { key, target, expiresAt: expiresAt.toISOString() });
  }

  close(): void {
    this.#cancelTick();
    for (const stop of this.#stops.splice(0)) {
      stop();
    }
  }

  /** Goes on with what the user began before the app was last closed. */
  async #resumeSignIns(): Promise<void> {
    const { services, signIns, store } = this.#parts;
    const signedOut = store.get().ssoSessions.filter(({ access }) => access.kind !== 'signed-in');
    await Promise.all(
      signedOut.map(async ({ id: ssoSession }) => {
        const method = await services.ssoSessions.pendingMethod(ssoSession).catch(() => undefined);
        if (method !== undefined) {
          await signIns.begin({ ssoSession, method, asker: OWN_ASKER, isResumed: true }).catch(() => {});
        }
      }),
    );
  }

  #scheduleTick(): void {
    this.#cancelTick = this.#parts.clock.setTimer(TICK_MS, () => {
      this.#scheduleTick();
      this.#ticks += 1;
      void this.#tick();
    });
  }

  async #tick(isNetworkBack = false): Promise<void> {
    this.#showLiveRoles();
    this.#showNotices();
    this.#doubtOffline();
    this.#refreshDirectories(isNetworkBack);
    await this.#parts.access.tick();
  }

  #refreshDirectories(isNetworkBack: boolean): void {
    const { clock, connectivity, directories, store } = this.#parts;
    const network = isNetworkBack ? 'back' : connectivity.online ? 'there' : 'gone';
    this.#directoryAges
      .due(store.get(), clock.now().getTime(), network)
      .forEach((ssoSession) => directories.refreshSoon(ssoSession));
  }

  #doubtOffline(): void {
    const { connectivity } = this.#parts;
    if (connectivity.online) {
      this.#offlineSinceTick = undefined;
      return;
    }
    this.#offlineSinceTick ??= this.#ticks;
    if (this.#ticks - this.#offlineSinceTick >= OFFLINE_BELIEVED_MS / TICK_MS) {
      this.#offlineSinceTick = undefined;
      connectivity.set(true);
    }
  }

  #showLiveRoles(): void {
    const { services, store } = this.#parts;
    const { skewMs } = services.awsClock;
    store.update((state) => {
      const live = liveRoles(services.credentials.held());
      return {
        clockSkewMs: skewMs,
        liveRoles: JSON.stringify(live) === JSON.stringify(state.liveRoles) ? state.liveRoles : live,
      };
    });
  }

  #showNotices(): void {
    const { services, store, notices } = this.#parts;
    const { ssoSessions, profiles, settings } = store.get();
    const now = services.awsClock.now();
    for (const [key, { expiresAt }] of this.#copied) {
      if (Date.parse(expiresAt) <= now.getTime()) {
        this.#copied.delete(key);
      }
    }
    const { notifyBeforeEndMinutes, renewInBackground } = settings;
    const copiedRoles = [...this.#copied.values()];
    notices.sync(
      EXPIRY_PREFIX,
      expiryNotices({ ssoSessions, profiles, copiedRoles, now, notifyBeforeEndMinutes, renewInBackground }),
    );
    notices.sync(CONDITION_PREFIX, conditionNotices(store.get()));
  }
}
