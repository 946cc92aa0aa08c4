import { createHash } from 'node:crypto';

/** What the browser is told at the end of a sign-in. */
export type CallbackPage = 'signed-in' | 'failed' | 'denied' | 'not-ours';

const TEXTS: Readonly<Record<CallbackPage, { readonly title: string; readonly text: string; readonly mark: string }>> =
  {
    'signed-in': { title: 'You are signed in', text: 'You can close this page and go back to Rolecall.', mark: '✓' },
    failed: { title: 'The sign-in did not work', text: 'Go back to Rolecall: it says what went wrong.', mark: '!' },
    denied: { title: 'Access was denied', text: 'Go back to Rolecall to try again.', mark: '!' },
    'not-ours': {
      title: 'Nothing to do here',
      text: 'This page ends a sign-in that Rolecall began, and none ends here.',
      mark: '·',
    },
  };

const STYLE = `:root{color-scheme:light dark;--ink:#1d2230;--soft:#5c6475;--ground:#f6f7f9;--card:#fff;--accent:#2f6feb}
@media(prefers-color-scheme:dark){:root{--ink:#eceff4;--soft:#a2aab8;--ground:#14171d;--card:#1d2129;--accent:#7aa7ff}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{background:var(--card);border-radius:16px;padding:40px 48px;max-width:24rem;text-align:center;box-shadow:0 1px 3px #0002,0 8px 24px #0001}
.mark{width:48px;height:48px;margin:0 auto 16px;border-radius:50%;display:grid;place-items:center;background:var(--accent);color:var(--card);font-size:24px}
h1{font-size:20px;margin:0 0 8px}p{margin:0;color:var(--soft)}`;

/** Headers for every answer of the callback server: the page runs nothing, loads nothing, is kept nowhere. */
export const CALLBACK_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** A static page: nothing of the request is in it. */
export function callbackPage(page: CallbackPage): string {
  const { title, text, mark } = TEXTS[page];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Rolecall</title><style>${STYLE}</style></head>
<body><main><div class="mark" aria-hidden="true">${mark}</div><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}
