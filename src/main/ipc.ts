import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Core } from '../core/app/core.ts';
import type { StateView } from '../core/app/state-store.ts';
import type { Asker } from '../shared/app-state.ts';
import { IPC_CHANNELS } from '../shared/ipc-channels.ts';
import type { FailureCode, Reply } from '../shared/reply.ts';
import { packMessage } from '../shared/sent-message.ts';
import { isAppUrl } from './web-security.ts';

/** Who asks, when a page does: the user, in front of it. */
export const OWN_SCREEN: Asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };

/** No command of ours comes near a megabyte. */
const MAX_INPUT_CHARS = 1_000_000;
const MAX_UNDER_WAY = 100;
const MAX_SUBSCRIPTIONS = 8;

/**
 * The one door between pages and the core. A message passes when it is from the main frame of a page of ours and small; then the
 * core parses it, by the table of commands, as it does for every other screen. All else is answered with a failure or not at all.
 */
export function setUpIpc(ipcMain: Pick<IpcMain, 'handle' | 'on'>, core: Pick<Core, 'execute' | 'state'>): void {
  const underWay = new Map<number, number>();
  ipcMain.handle(IPC_CHANNELS.execute, async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isTrustedSender(event)) {
      return refusal('bad-input', 'This page may not give commands.');
    }
    const { id } = event.sender;
    const count = underWay.get(id) ?? 0;
    if (count >= MAX_UNDER_WAY) {
      return refusal('busy', 'Too many commands are under way.');
    }
    underWay.set(id, count + 1);
    try {
      return await executeBounded(core, name, input);
    } finally {
      underWay.set(id, (underWay.get(id) ?? 1) - 1);
    }
  });
  setUpSubscriptions(ipcMain, core.state);
}

/** Whether a message comes from the main frame of one of our own pages. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent | IpcMainEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  // The frame is null when it has navigated or gone meanwhile.
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

async function executeBounded(core: Pick<Core, 'execute'>, name: unknown, input: unknown): Promise<Reply<unknown>> {
  if (sizeOf(name) + sizeOf(input) > MAX_INPUT_CHARS) {
    return refusal('bad-input', 'The command is too large.');
  }
  return core.execute(name, input, { asker: OWN_SCREEN });
}

/** The length of a value as JSON; infinite for what JSON cannot hold, such as loops. */
function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function refusal(code: FailureCode, message: string): Reply<never> {
  return { ok: false, failure: { code, message, hint: 'Try again. If it happens again, restart Rolecall.' } };
}

function setUpSubscriptions(ipcMain: Pick<IpcMain, 'on'>, state: StateView): void {
  const pages = new Map<number, Map<number, () => void>>();
  ipcMain.on(IPC_CHANNELS.subscribe, (event, subscription: unknown) => {
    if (!isTrustedSender(event) || !isSubscription(subscription)) {
      return;
    }
    const page = pages.get(event.sender.id) ?? watchPage(event.sender, pages);
    if (page.size >= MAX_SUBSCRIPTIONS || page.has(subscription)) {
      return;
    }
    page.set(subscription, subscribePage(event.sender, subscription, state));
  });
  ipcMain.on(IPC_CHANNELS.unsubscribe, (event, subscription: unknown) => {
    if (isTrustedSender(event) && isSubscription(subscription)) {
      pages.get(event.sender.id)?.get(subscription)?.();
      pages.get(event.sender.id)?.delete(subscription);
    }
  });
}

function isSubscription(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function subscribePage(contents: WebContents, subscription: number, state: StateView): () => void {
  return state.subscribe((message) => {
    if (!contents.isDestroyed()) {
      contents.send(IPC_CHANNELS.state, subscription, packMessage(message));
    }
  });
}

/** Ends a page's subscriptions when it goes away or is loaded anew. */
function watchPage(contents: WebContents, pages: Map<number, Map<number, () => void>>): Map<number, () => void> {
  const { id } = contents;
  const page = new Map<number, () => void>();
  pages.set(id, page);
  const end = (): void => {
    page.forEach((unsubscribe) => unsubscribe());
    page.clear();
  };
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) {
      end();
    }
  });
  contents.on('render-process-gone', end);
  contents.once('destroyed', () => {
    end();
    pages.delete(id);
  });
  return page;
}
