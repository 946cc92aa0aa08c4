import type { UserState } from '../state/directory.ts';
import { html, type SafeHtml } from './html.ts';
import { renderPage } from './layout.ts';
import type { Page } from './page-call.ts';

/**
 * GET /: what is here, for a person who opens the sandbox's address. It also plays the hand-over that a new IAM user gets from an
 * administrator; the keys are the demo's own and open nothing else.
 */
export const homePage: Page = ({ world }) => {
  const centers = world.directory.identityCenters.map(
    (center) =>
      html`<dt>Start URL</dt>
        <dd class="mono">${center.startUrl}</dd>
        <dt>Region</dt>
        <dd>${center.region}</dd>`,
  );
  const newcomers = world.directory.iamUsers().filter((user) => (user.mfaDevices ?? []).length === 0);
  return renderPage({
    title: 'Rolecall sandbox',
    body: html`<main class="panel">
      <h1>Rolecall sandbox</h1>
      <p class="lead">A small AWS that runs on this computer, to try everything without an account.</p>
      <h2>With IAM Identity Center</h2>
      <dl class="facts">${centers}</dl>
      ${newcomers.map(handOver)}
      <h2>Places</h2>
      <div class="actions">
        <a class="button" href="/start">Access portal</a><a class="button" href="/phone">Phone</a
        ><a class="button" href="/switchrole">Switch role</a><a class="button" href="/device">Device code</a>
      </div>
    </main>`,
  });
};

function handOver(user: UserState): SafeHtml {
  const keys = user.accessKeys.map(
    ({ accessKeyId, secretAccessKey }) =>
      html`<dt>Access key</dt>
        <dd class="mono">${accessKeyId}</dd>
        <dt>Secret key</dt>
        <dd class="mono">${secretAccessKey}</dd>`,
  );
  return html`<h2>With an IAM user: what your administrator gave you</h2>
    <dl class="facts">
      <dt>Account</dt>
      <dd class="mono">${user.accountId}</dd>
      <dt>User</dt>
      <dd class="mono">${user.userName}</dd>
      ${keys}
    </dl>`;
}
