import type { SandboxReply } from '../http/sandbox-reply.ts';
import { html, type HtmlValue } from './html.ts';

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly body: HtmlValue;
  readonly status?: number;
  /** Names under `/assets/`. */
  readonly scripts?: readonly string[];
  /** `wide` for lists; `console` for the page that stands for the AWS console; a narrow card otherwise. */
  readonly shape?: 'card' | 'wide' | 'console';
}

/**
 * Forms may lead to loopback ports, because the redirect that follows "Allow" goes to the application's own listener and Chromium
 * applies `form-action` to redirects too.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self' http://127.0.0.1:* http://localhost:*",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Headers that every page has. `same-origin` keeps the Origin header of our own forms, which `no-referrer` would make `null`. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** A whole page. */
export function renderPage(parts: PageParts): SandboxReply {
  const scripts = (parts.scripts ?? []).map((name) => html`<script src="/assets/${name}" defer></script>`);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${parts.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/sandbox.css" />
        ${scripts}
      </head>
      <body class="${parts.shape ?? 'card'}">
        ${parts.body}
        <footer class="note">Rolecall sandbox. A practice AWS on this computer; nothing here is real.</footer>
      </body>
    </html> `;
  return { status: parts.status ?? 200, headers: PAGE_HEADERS, body: page.markup };
}

/** A page that only tells something. */
export function messagePage(title: string, message: HtmlValue, status = 200): SandboxReply {
  const tone = status < 400 ? 'good' : 'bad';
  return renderPage({
    title,
    status,
    body: html`<main class="panel">
      <div class="mark ${tone}" aria-hidden="true"></div>
      <h1>${title}</h1>
      <p class="lead">${message}</p>
    </main>`,
  });
}
