import { EventEmitter } from 'node:events';
import type {
  IpcMainEvent,
  IpcMainInvokeEvent,
  OnBeforeRequestListenerDetails,
  WebContents,
  WebFrameMain,
} from 'electron';
import type { ShellApis } from '../../src/main/shell-apis.ts';

/** Messages of pages, and all that they were answered. */
export class StandInIpcMain extends EventEmitter {
  readonly handlers = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  /** All that pages were answered. */
  readonly replies: unknown[] = [];

  handle(channel: string, listener: (event: IpcMainInvokeEvent, ...args: never[]) => unknown): void {
    this.handlers.set(channel, listener as (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown);
  }
  /** A page calls `ipcRenderer.invoke`. Without `frame` it is the page's main frame that does. */
  async invoke(
    sender: WebContents,
    channel: string,
    args: readonly unknown[],
    frame?: WebFrameMain | null,
  ): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (handler === undefined) {
      throw new Error(`No handler registered for '${channel}'`);
    }
    const reply = await handler(ipcEvent(sender, frame), ...args);
    this.replies.push(reply);
    return reply;
  }
  /** A page calls `ipcRenderer.send`. */
  receive(sender: WebContents, channel: string, args: readonly unknown[], frame?: WebFrameMain | null): void {
    this.emit(channel, ipcEvent(sender, frame), ...args);
  }
}

function ipcEvent(
  sender: WebContents,
  frame: WebFrameMain | null = sender.mainFrame,
): IpcMainInvokeEvent & IpcMainEvent {
  return { sender, senderFrame: frame, type: 'frame' } as IpcMainInvokeEvent & IpcMainEvent;
}

/** The schemes of the app. */
export class StandInProtocol {
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  privileged: readonly { readonly scheme: string }[] = [];

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    this.handlers.set(scheme, handler);
  }
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    this.privileged = schemes;
  }
  /** What a page gets that asks for this address. */
  async fetch(url: string, init?: RequestInit): Promise<Response> {
    const request = { url, method: init?.method ?? 'GET', headers: new Headers(init?.headers) } as Request;
    const handler = this.handlers.get(url.slice(0, url.indexOf(':')));
    return handler === undefined ? Response.error() : handler(request);
  }
}

type Session = ShellApis['session']['defaultSession'];
type Handler<Name extends keyof Session> = Session[Name] extends (handler: infer H, ...rest: never[]) => unknown
  ? NonNullable<H>
  : never;

/** What pages may do. */
export class StandInSession extends EventEmitter {
  requestHandler: Handler<'setPermissionRequestHandler'> | undefined;
  checkHandler: Handler<'setPermissionCheckHandler'> | undefined;
  deviceHandler: Handler<'setDevicePermissionHandler'> | undefined;
  beforeRequest:
    ((details: OnBeforeRequestListenerDetails, callback: (answer: { cancel?: boolean }) => void) => void) | undefined;

  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) => {
    this.requestHandler = handler ?? undefined;
  };
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) => {
    this.checkHandler = handler ?? undefined;
  };
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) => {
    this.deviceHandler = handler ?? undefined;
  };
  readonly webRequest = {
    onBeforeRequest: (listener: StandInSession['beforeRequest']) => {
      this.beforeRequest = listener;
    },
  } as Session['webRequest'];

  /** Whether a page may load this. */
  lets(url: string): boolean {
    let cancelled: boolean | undefined;
    this.beforeRequest?.({ url } as OnBeforeRequestListenerDetails, (answer) => {
      cancelled = answer.cancel;
    });
    return cancelled === false;
  }
}
