import { BadInputError } from '../model/errors.ts';

/** The longest value written here: above AWS's longest session tokens, below what would hurt other readers. */
export const MAX_VALUE_LENGTH = 32_768;

const KEY = /^[a-z][a-z0-9_.-]{0,127}$/;
// The names that botocore and the JS SDK read alike (spaces, quotes, brackets and letters beyond ASCII are lost by one of them).
const HEADER = /^(?:(profile|sso-session|services) )?([A-Za-z0-9_.@+%:/-]{1,128})$/;
// botocore strips these or breaks lines at them; a terminal or an editor shows the rest as nothing or in the wrong place.
const UNWRITABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}/u;
// The JS SDK ends a line where white space is followed by one of these; the value itself stands behind a space.
const CUT_BY_JS = /(?:^|\s)[#;]/;

/**
 * Throws BadInputError for a value that the AWS CLI, boto3 and the JS SDK would not all read back to the letter: line breaks and
 * control characters, white space at the ends, a `#` or `;` after white space, nothing at all. The error does not repeat the value,
 * which may be a secret.
 */
export function checkNewValue(key: string, value: string): void {
  const problem = valueProblem(value);
  if (problem !== undefined) {
    throw new BadInputError(
      `The value for ${key} ${problem}.`,
      'AWS tools would read it differently or stop reading the file. Use a plain value on one line.',
    );
  }
}

/** Throws BadInputError for a key that is not lower-case ASCII (the JS SDK finds no other). */
export function checkNewKey(key: string): void {
  if (!KEY.test(key)) {
    throw new BadInputError(
      'The key to write is not a plain lower-case name.',
      'Use letters a to z, digits, underscores, dots and hyphens.',
    );
  }
}

/** Throws BadInputError for a section header that botocore and the JS SDK would read differently. */
export function checkNewHeader(header: string): void {
  const [, prefix, name] = HEADER.exec(header) ?? [];
  const reserved = name === 'DEFAULT' || name === '__proto__' || (prefix === 'profile' && name === 'default');
  if (name === undefined || reserved) {
    throw new BadInputError(
      'The section name cannot be written so that all AWS tools read it alike.',
      'Use letters, digits and . _ @ + % : / - in names, without spaces or quotes. "DEFAULT" and "__proto__" are reserved.',
    );
  }
}

/** The text of a new section, header first, each line ended by `eol`. Throws BadInputError as the checks above do. */
export function newSectionText(header: string, values: Readonly<Record<string, string>>, eol = '\n'): string {
  checkNewHeader(header);
  const lines = Object.entries(values).map(([key, value]) => newEntryLine(key, value));
  return [`[${header}]`, ...lines, ''].join(eol);
}

/** One new `key = value` line without its end. Throws BadInputError. */
export function newEntryLine(key: string, value: string): string {
  checkNewKey(key);
  checkNewValue(key, value);
  return `${key} = ${value}`;
}

function valueProblem(value: string): string | undefined {
  if (value === '') {
    return 'is empty';
  }
  if (value.length > MAX_VALUE_LENGTH) {
    return `is longer than ${MAX_VALUE_LENGTH} characters`;
  }
  if (UNWRITABLE.test(value)) {
    return 'holds a line break, a control character or another invisible character';
  }
  if (value.trim() !== value) {
    return 'begins or ends with white space';
  }
  return CUT_BY_JS.test(value) ? 'holds # or ; after white space' : undefined;
}
