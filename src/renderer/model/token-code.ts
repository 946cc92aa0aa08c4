/** What a person has typed or pasted into the field for an MFA code. */
export type TokenCodeInput =
  | { readonly kind: 'partial'; readonly digits: string }
  | { readonly kind: 'complete'; readonly digits: string }
  | { readonly kind: 'wrong' };

/** Length of the codes that AWS takes. */
export const TOKEN_CODE_LENGTH = 6;

/**
 * Reads a code: digits only, spaces around and between them forgiven, as authenticators show `123 456`. The wide digits of East Asian
 * input methods are meant as what they look like. Anything else is `wrong` rather than repaired, so that no code is sent that the
 * person did not mean.
 */
export function readTokenCode(raw: string): TokenCodeInput {
  const digits = raw
    .replace(/[\uff10-\uff19\u3000]/g, (wide) => wide.normalize('NFKC'))
    .replace(/[ \t\u00a0\r\n]/g, '');
  if (!/^[0-9]*$/.test(digits) || digits.length > TOKEN_CODE_LENGTH) {
    return { kind: 'wrong' };
  }
  return { kind: digits.length === TOKEN_CODE_LENGTH ? 'complete' : 'partial', digits };
}
