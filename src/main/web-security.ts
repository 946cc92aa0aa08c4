import type { App, Session, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** What pages are granted: writing to the clipboard on a click. Everything else Chromium could ask for is refused. */
const GRANTED_PERMISSION = 'clipboard-sanitized-write';

type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'webRequest' | 'on'
>;

/** Takes from every page all that ours do not need. Call it once the app is ready, before the first window. */
export function setUpWebSecurity(app: Pick<App, 'on'>, session: GuardedSession, allowDevTools: boolean): void {
  denyPermissions(session);
  blockNetwork(session, allowDevTools);
  session.on('will-download', (event) => event.preventDefault());
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

/** Whether this is a page or file of ours. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN && url.username === '' && url.password === '';
}

function denyPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    callback(permission === GRANTED_PERMISSION && isAppUrl(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => permission === GRANTED_PERMISSION && isAppUrl(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Pages have nothing to fetch: all that leaves the machine leaves from the main process. */
function blockNetwork(session: GuardedSession, allowDevTools: boolean): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    const allowed = isAppUrl(details.url) || (allowDevTools && details.url.startsWith('devtools://'));
    callback({ cancel: !allowed });
  });
}

/** A page stays where it was loaded: no way out by link, script, redirect, new window, or embedded page. Only itself it may load again. */
function confine(contents: WebContents): void {
  const keep = (event: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }): void => {
    if (!event.isMainFrame || event.url !== contents.getURL()) {
      event.preventDefault();
    }
  };
  contents.on('will-navigate', keep);
  contents.on('will-frame-navigate', keep);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
