import { isSecretKey } from './secret-keys.ts';

const KEY_LINE = /^(\s*(?:[#;]+\s*)?)([^\s=:#;[][^=:]*?)(\s*[=:]\s*)(.*)$/s;
const MASK = '********';

/**
 * The lines of an INI text with the values of secret keys masked, for showing. Also in comments (people comment keys out) and in the
 * indented lines that continue a secret.
 */
export function maskSecretLines(lines: readonly string[]): readonly string[] {
  let secretIndent: number | undefined;
  return lines.map((line) => {
    const indent = line.length - line.trimStart().length;
    if (secretIndent !== undefined && indent > secretIndent && line.trim() !== '') {
      return line.slice(0, indent) + MASK;
    }
    const [, lead = '', key = '', delimiter = '', value = ''] = KEY_LINE.exec(line) ?? [];
    const isSecret = key !== '' && isSecretKey(key);
    secretIndent = isSecret ? indent : line.trim() === '' ? secretIndent : undefined;
    return isSecret && value !== '' ? lead + key + delimiter + MASK : line;
  });
}
