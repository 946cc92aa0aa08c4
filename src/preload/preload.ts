import { contextBridge, ipcRenderer } from 'electron/renderer';
import { IPC_CHANNELS } from '../shared/ipc-channels.ts';
import type { Client } from '../shared/client.ts';
import type { SentMessage } from '../shared/sent-message.ts';

const VIEWS = ['popover', 'window', 'prompt'] as const;

/**
 * Makes the client of a page. The page gets three functions and the name of its view, never a piece of Electron; what it says
 * is checked in the main process, so nothing is checked here.
 */
function createClient(): Client {
  const listeners = new Map<number, (message: SentMessage) => void>();
  ipcRenderer.on(IPC_CHANNELS.state, (_event, id: number, message: SentMessage) => listeners.get(id)?.(message));
  let lastId = 0;
  return {
    execute: (name, input) => ipcRenderer.invoke(IPC_CHANNELS.execute, name, input),
    subscribe: (listener) => {
      lastId += 1;
      const id = lastId;
      listeners.set(id, listener);
      ipcRenderer.send(IPC_CHANNELS.subscribe, id);
      return () => {
        listeners.delete(id);
        ipcRenderer.send(IPC_CHANNELS.unsubscribe, id);
      };
    },
    // The main process lives as long as its pages do.
    onConnection: (listener) => {
      listener(true);
      return () => {};
    },
    view: VIEWS.find((view) => window.location.hash === `#${view}`) ?? 'window',
  };
}

contextBridge.exposeInMainWorld('rolecall', createClient());
