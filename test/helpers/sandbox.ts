import { onTestFinished } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';

/** A sandbox that ends with the test. Call it inside a test or a beforeEach. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** What a person does on a sign-in page. */
export interface PageAnswer {
  readonly decision?: 'allow' | 'deny';
  readonly userName?: string;
}

/**
 * Opens a sign-in page (`/authorize`, `/device`, `/v1/authorize`) as a browser would, fills its form in and sends it.
 * Follows the redirect to the application's own listener, if there is one, and returns the last answer.
 */
export async function answerInBrowser(pageUrl: string, answer: PageAnswer = {}): Promise<Response> {
  const page = await fetch(pageUrl);
  const markup = await page.text();
  const action = /<form\s+method="post"\s+action="([^"]+)"/.exec(markup)?.[1];
  if (!page.ok || action === undefined) {
    throw new Error(`The page ${pageUrl} shows no form (status ${page.status}): ${textOf(markup)}`);
  }
  const form = new URLSearchParams(hiddenFields(markup));
  form.set('decision', answer.decision ?? 'allow');
  if (answer.userName !== undefined) {
    form.set('user_name', answer.userName);
  }
  const target = new URL(action, pageUrl);
  return fetch(target, { method: 'POST', body: form, headers: { origin: target.origin } });
}

/** The hidden fields of a page's forms; of a group of choices, the one chosen. */
export function hiddenFields(markup: string): [string, string][] {
  return [...markup.matchAll(/<input\b([^>]*)>/g)].flatMap(([, text = '']): [string, string][] => {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? '';
    const type = attribute('type');
    const counts = type === 'hidden' || (type === 'radio' && /\bchecked\b/.test(text));
    return counts ? [[attribute('name'), unescapeHtml(attribute('value'))]] : [];
  });
}

/** A page's words, without markup. */
export function textOf(markup: string): string {
  return unescapeHtml(markup.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
