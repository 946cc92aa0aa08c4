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

/** Where the value begins if the line sets a secret, in a comment or not. */
function secretValueStart(line: string, text: string): number | undefined {
  const delimiter = line.search(/[=:]/);
  if (delimiter === -1 || text.startsWith('[')) {
    return undefined;
  }
  const key = line
    .slice(Math.max(0, delimiter - LONGEST_KEY), delimiter)
    .replace(/^[\s#;]+/, '')
    .trimEnd();
  const space = /^\s*/.exec(line.slice(delimiter + 1))?.[0].length ?? 0;
  return isSecretKey(key) ? delimiter + 1 + space : undefined;
}
