import type { ParsedCommand } from '../../shared/commands.ts';

/** What only the process with the windows can do: Electron's main, or the loopback host. */
export interface Shell {
  quit(): void;
  openWindow(where: ParsedCommand<'openWindow'>): void;
}
