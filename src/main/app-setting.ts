import type { Clock } from '../core/model/clock.ts';

/** The process the app was started in, and where its parts lie. */
export interface AppSetting {
  readonly argv: readonly string[];
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Where `renderer` and `preload` lie. */
  readonly distDir: string;
  readonly assetsDir: string;
  /** `$XDG_CONFIG_HOME`, for the autostart entry on Linux. */
  readonly configDir: string;
  readonly execPath: string;
  /** Whether windows are shown by a Wayland compositor. */
  readonly isWayland: boolean;
  /** Whether the app runs against the built-in AWS and must leave no trace on the machine. */
  readonly isSandbox: boolean;
  /** Where the icon must wait for a panel of the desktop: resolves when there is one, rejects when the app ends first. */
  readonly trayHost?: (signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}
