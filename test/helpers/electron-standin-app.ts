import { EventEmitter } from 'node:events';
import type { LoginItemSettings } from 'electron';
import { standInEvent } from './electron-standin-event.ts';

/** What a test decides about the machine before the app starts. */
export interface StandInOptions {
  readonly userData: string;
  readonly isPackaged?: boolean;
  readonly isFirstInstance?: boolean;
  /** Whether macOS started the app at login. */
  readonly wasOpenedAtLogin?: boolean;
  /** What the system says of the app's entry among those it starts at login. */
  readonly loginItem?: Partial<LoginItemSettings>;
}

/** The app as the system sees it. */
export class StandInApp extends EventEmitter {
  readonly isPackaged: boolean;
  readonly paths: Record<string, string>;
  readonly exits: number[] = [];
  readonly loginItems: unknown[] = [];
  readonly policies: string[] = [];
  readonly userModelIds: string[] = [];
  readonly switches: string[] = [];
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => {
      this.switches.push(`${name}=${value}`);
    },
  };
  isSandboxEnabled = false;
  languages = ['en-US'];
  readonly #isFirst: boolean;

  readonly #wasOpenedAtLogin: boolean;
  readonly #loginItem: Partial<LoginItemSettings>;

  constructor(options: StandInOptions) {
    super();
    this.#wasOpenedAtLogin = options.wasOpenedAtLogin ?? false;
    this.#loginItem = options.loginItem ?? {};
    this.isPackaged = options.isPackaged ?? false;
    this.#isFirst = options.isFirstInstance ?? true;
    this.paths = { userData: options.userData };
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  exit(code = 0): void {
    this.exits.push(code);
  }
  /** As the real one: `before-quit` may prevent it. */
  quit(): void {
    const event = standInEvent();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) {
      this.exit(0);
    }
  }
  requestSingleInstanceLock(): boolean {
    return this.#isFirst;
  }
  getPath(name: string): string {
    return this.paths[name] ?? '';
  }
  setPath(name: string, value: string): void {
    this.paths[name] = value;
  }
  getVersion(): string {
    return '0.0.0-test';
  }
  getPreferredSystemLanguages(): string[] {
    return this.languages;
  }
  enableSandbox(): void {
    this.isSandboxEnabled = true;
  }
  setLoginItemSettings(settings: unknown): void {
    this.loginItems.push(settings);
  }
  getLoginItemSettings(): LoginItemSettings {
    return { wasOpenedAtLogin: this.#wasOpenedAtLogin, ...this.#loginItem } as LoginItemSettings;
  }
  setActivationPolicy(policy: string): void {
    this.policies.push(policy);
  }
  setAppUserModelId(id: string): void {
    this.userModelIds.push(id);
  }
}
