import type { AppWindow, CreateWindow } from './window-factory.ts';

/** Windows as they are made, and those that are there now. */
export interface WindowTracker {
  readonly create: CreateWindow;
  windows(): readonly AppWindow[];
}

/** Keeps a list of the windows that a factory made and nobody closed. */
export function trackWindows(create: CreateWindow): WindowTracker {
  const windows = new Set<AppWindow>();
  return {
    windows: () => [...windows],
    create: (...options) => {
      const window = create(...options);
      windows.add(window);
      window.on('closed', () => windows.delete(window));
      return window;
    },
  };
}
