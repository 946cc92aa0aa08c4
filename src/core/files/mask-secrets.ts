import { isSecretKey } from './secret-keys.ts';

const MASK = '********';
const LONGEST_KEY = 200;

/**
 * The lines of an INI text with the values of secret keys masked, for showing. Also in comments (people comment keys out) and in the
 * indented lines that continue a secret.
 */
export function maskSecretLines(lines: readonly string[]): readonly string[] {
  let secretIndent: number | undefined;
  return lines.map((line) => {
    const text = line.trimStart();
    const indent = line.length - text.length;
    if (secretIndent !== undefined && indent > secretIndent && text !== '') {
      return line.slice(0, indent) + MASK;
    }
    const valueStart = secretValueStart(line, text);
    secretIndent = valueStart === undefined ? (text === '' ? secretIndent : undefined) : indent;
    return valueStart === undefined || valueStart === line.length ? line : line.slice(0, valueStart) + MASK;
  });
}

/** Where the value begins if the line sets a secret, in a comment or not. In a comment other words may stand before the key. */
function secretValueStart(line: string, text: string): number | undefined {
  if (text.startsWith('[')) {
    return undefined;
  }
  const starts = /^[#;]/.test(text) ? [...line.matchAll(/[=:]/g)].map(({ index }) => index) : [line.search(/[=:]/)];
  const found = starts.find(
    (delimiter, at) => delimiter !== -1 && isSecretBefore(line, (starts[at - 1] ?? -1) + 1, delimiter),
  );
  return found === undefined ? undefined : found + 1 + (/^\s*/.exec(line.slice(found + 1))?.[0].length ?? 0);
}

function isSecretBefore(line: string, start: number, delimiter: number): boolean {
  const key = line
    .slice(Math.max(start, delimiter - LONGEST_KEY), delimiter)
    .replace(/^[\s#;]+/, '')
    .trimEnd();
  return isSecretKey(key);
}
