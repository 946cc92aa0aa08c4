/**
 * What a page of ours may do: run our own scripts and talk to where it came from, nothing else.
 * `require-trusted-types-for` makes every HTML sink throw, so a name that holds markup stays text.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');
