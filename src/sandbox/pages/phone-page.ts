import { jsonReply, redirectReply } from '../http/sandbox-reply.ts';
import type { PhoneEntry } from '../mfa/phone.ts';
import { TOTP_STEP_SECONDS, totpCode, totpStep } from '../mfa/totp.ts';
import type { World } from '../world.ts';
import { html, type SafeHtml } from './html.ts';
import { renderPage } from './layout.ts';
import type { Page } from './page-call.ts';

/** GET /phone: an authenticator app. Its script keeps the codes current; without scripts a reload does. */
export const phonePage: Page = ({ world, query }) => {
  const problem =
    query.get('problem') === null
      ? undefined
      : html`<p class="bad-text" role="alert">That is neither a setup key nor an otpauth:// address.</p>`;
  const { secondsLeft, entries } = phoneCodes(world);
  return renderPage({
    title: 'Phone',
    scripts: ['phone.js'],
    body: html`<main class="panel phone">
      <h1>Authenticator</h1>
      <p class="soft">
        This page plays your phone. Next codes in <span class="left" id="left">${secondsLeft}</span> s.
      </p>
      <meter id="meter" min="0" max="${TOTP_STEP_SECONDS}" value="${secondsLeft}"></meter>
      <div id="entries">${entries.map(codeRow)}</div>
      ${entries.length === 0 ? html`<p class="soft">Nothing here yet. Add a device with its setup key.</p>` : undefined}
      <h2>Add a device</h2>
      ${problem}
      <form method="post" action="/phone">
        <label class="field"
          ><span>Setup key, or the otpauth:// address of the QR code</span
          ><input type="text" name="secret" autocomplete="off" spellcheck="false" required
        /></label>
        <label class="field"><span>Name (optional)</span><input type="text" name="label" autocomplete="off" /></label>
        <div class="actions"><button class="primary">Add</button></div>
      </form>
    </main>`,
  });
};

/** POST /phone: adds or removes a device. */
export const phoneChange: Page = ({ form, world }) => {
  const remove = form.get('remove');
  if (remove !== null) {
    world.phone.remove(remove);
    return redirectReply('/phone');
  }
  const label = form.get('label') ?? '';
  const added = world.phone.scan(form.get('secret') ?? '', label === '' ? undefined : label);
  return redirectReply(added === undefined ? '/phone?problem=1' : '/phone');
};

/** GET /phone/codes: what the page shows, for its script. */
export const phoneCodesJson: Page = ({ world }) => jsonReply(200, phoneCodes(world), { 'cache-control': 'no-store' });

type ShownCode = Pick<PhoneEntry, 'id' | 'label' | 'issuer'> & { readonly code: string };

function codeRow({ id, issuer, label, code }: ShownCode): SafeHtml {
  return html`<div class="otp" data-id="${id}">
    <span class="name">${issuer}: ${label}</span>
    <form method="post" action="/phone">
      <input type="hidden" name="remove" value="${id}" />
      <button class="small" aria-label="Remove ${label}">Remove</button>
    </form>
    <span class="digits">${code.slice(0, 3)} ${code.slice(3)}</span>
  </div>`;
}

/** The phone has its own clock, which the skew fault of AWS's does not touch. */
function phoneCodes(world: World): { readonly secondsLeft: number; readonly entries: readonly ShownCode[] } {
  const now = world.clock.now();
  const step = totpStep(now);
  return {
    secondsLeft: TOTP_STEP_SECONDS - (Math.floor(now.getTime() / 1000) % TOTP_STEP_SECONDS),
    entries: world.phone.entries.map(({ id, label, issuer, seed }) => ({
      id,
      label,
      issuer,
      code: totpCode(seed, step),
    })),
  };
}
