import { Secret } from '../../model/secret.ts';

const SIX_DIGITS = /^[0-9]{6}$/;

/**
 * Reads a six-digit code as people and programs give it: blanks around it and one in its middle are dropped, nothing else is mended.
 * Undefined for anything else: full-width digits, line breaks, more or fewer digits.
 */
export function parseTokenCode(text: string): Secret | undefined {
  const digits = text.replaceAll(/^ +| +$/g, '').replace(/^([0-9]{3}) ([0-9]{3})$/, '$1$2');
  return SIX_DIGITS.test(digits) ? new Secret(digits) : undefined;
}
