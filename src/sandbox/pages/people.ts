import type { PortalUser } from '../organization.ts';
import { html, type SafeHtml } from './html.ts';

/** The people to sign in as: one card each, the first chosen. With a single person there is nothing to choose, so no button is drawn. */
export function peopleField(users: readonly PortalUser[], chosen: string | undefined = users[0]?.userName): SafeHtml {
  const cards = users.map((user) => {
    const checked = user.userName === chosen ? html` checked` : undefined;
    const input =
      users.length === 1
        ? html`<input type="hidden" name="user_name" value="${user.userName}" />`
        : html`<input type="radio" name="user_name" value="${user.userName}" ${checked} />`;
    return html`<label class="person"
      ><span class="face" aria-hidden="true">${initials(user.displayName)}</span
      ><span><b>${user.displayName}</b><small>${user.emailAddress}</small></span
      >${input}</label
    >`;
  });
  const legend = users.length === 1 ? 'Signed in as' : 'Sign in as';
  return html`<fieldset>
    <legend>${legend}</legend>
    ${cards}
  </fieldset>`;
}

/** What a scope lets an application do, in words. */
export function scopeInWords(scope: string): string {
  return scope === 'sso:account:access'
    ? 'See your AWS accounts and roles, and get temporary credentials for them'
    : `Use ${scope}`;
}

function initials(displayName: string): string {
  const words = displayName.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0x20))
    .join('')
    .toUpperCase();
}
