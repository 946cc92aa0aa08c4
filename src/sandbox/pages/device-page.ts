import type { SandboxReply } from '../http/sandbox-reply.ts';
import type { DeviceAuthorization } from '../state/sign-ins.ts';
import { html } from './html.ts';
import { messagePage, renderPage } from './layout.ts';
import type { Page } from './page-call.ts';
import { peopleField, scopeInWords } from './people.ts';

/** GET /device: asks for the code, or shows the request it names. */
export const devicePage: Page = ({ query, world, now }) => {
  const userCode = query.get('user_code');
  if (userCode === null) {
    return askForCode();
  }
  const device = world.signIns.deviceByUserCode(userCode, now);
  return device === undefined
    ? askForCode('There is no request with this code, or it has ended.')
    : renderDevice(device);
};

/** POST /device: the page's answer. */
export const deviceDecision: Page = ({ form, world, now }) => {
  const device = world.signIns.deviceByUserCode(form.get('user_code') ?? '', now);
  if (device === undefined) {
    return messagePage('This request has ended', 'Start the sign-in again from your application.', 400);
  }
  if (form.get('decision') !== 'allow') {
    device.decision = { kind: 'denied' };
    return messagePage('Request denied', 'The application was refused. You can close this page.');
  }
  const user = world.directory.portalUser(device.identityCenter, form.get('user_name') ?? undefined);
  if (user === undefined) {
    return messagePage('Nobody was chosen', 'Open the page again from your application.', 400);
  }
  device.decision = { kind: 'allowed', userName: user.userName };
  return messagePage(
    'Request approved',
    html`<b>${device.client.clientName}</b> can now access your AWS accounts. You can close this page.`,
  );
};

function askForCode(problem?: string): SandboxReply {
  return renderPage({
    title: 'Authorize a device',
    status: problem === undefined ? 200 : 404,
    body: html`<main class="panel">
      <h1>Enter the code</h1>
      <p class="lead">Type the code that your application or terminal shows.</p>
      ${problem === undefined ? undefined : html`<p class="bad-text" role="alert">${problem}</p>`}
      <form method="get" action="/device">
        <label class="field"
          ><span>Code</span
          ><input
            type="text"
            name="user_code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            placeholder="BCDF-GHJK"
            required
            autofocus
        /></label>
        <div class="actions"><button class="primary">Next</button></div>
      </form>
    </main>`,
  });
}

function renderDevice(device: DeviceAuthorization): SandboxReply {
  const { client, identityCenter } = device;
  const scopes = client.scopes.length === 0 ? ['sso:account:access'] : client.scopes;
  return renderPage({
    title: `Allow ${client.clientName}?`,
    body: html`<main class="panel">
      <p class="overline">${new URL(identityCenter.startUrl).host}</p>
      <h1>Allow ${client.clientName} to access your AWS accounts?</h1>
      <p class="lead">
        Check that your application shows this code. If you did not start this yourself, deny it: someone may be trying
        to use your access.
      </p>
      <div class="code">${device.userCode}</div>
      <form method="post" action="/device">
        <input type="hidden" name="user_code" value="${device.userCode}" />
        ${peopleField(identityCenter.users)}
        <p class="soft">It will be able to:</p>
        <ul class="grants">
          ${scopes.map((scope) => html`<li>${scopeInWords(scope)}</li>`)}
        </ul>
        <div class="actions">
          <button class="primary" name="decision" value="allow">Allow access</button
          ><button name="decision" value="deny">Deny</button>
        </div>
      </form>
    </main>`,
  });
}
