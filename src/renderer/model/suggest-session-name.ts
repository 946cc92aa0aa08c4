/** A name that a section of `~/.aws/config` can carry for every tool. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/;

/** Names that mean something else to one of the tools. */
const RESERVED = new Set(['default', 'profile', 'preview', 'plugins', 'services', 'sso-session']);

/** Whether this text can name an Identity Center. */
export function isSessionName(name: string): boolean {
  return NAME.test(name) && !RESERVED.has(name.toLowerCase());
}

/**
 * A name for an Identity Center, from its start URL: the first part of its host where the organization chose one
 * (`https://acme.awsapps.com/start` gives `acme`), else `my-sso`; made unlike those taken.
 */
export function suggestSessionName(startUrl: string, taken: readonly string[]): string {
  const label = URL.canParse(startUrl) ? (new URL(startUrl).hostname.split('.')[0] ?? '') : '';
  const chosen =
    /^(d-[0-9a-f]{10}|ssoins-[0-9a-f]+|\d+|localhost|identitycenter|)$/.test(label) || !isSessionName(label)
      ? 'my-sso'
      : label;
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 2, name = chosen; ; number += 1) {
    if (!used.has(name.toLowerCase())) {
      return name;
    }
    name = `${chosen}-${number}`;
  }
}
