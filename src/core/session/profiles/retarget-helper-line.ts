import type { IniSection } from '../../files/ini-scan.ts';
import { parseHelperLine, profileReference } from '../keys/helper-line.ts';

/**
 * A section's text in which our own `credential_process` line, where it asks for the profile `from`, asks for `to`. The helper's path
 * stays as it is written.
 */
export function retargetHelperLine(
  section: IniSection,
  from: string,
  to: string,
  platform: 'linux' | 'darwin' | 'win32',
): string {
  return section.entries.reduceRight((text, entry) => {
    const target = entry.name === 'credential_process' ? parseHelperLine(entry.value, platform) : undefined;
    if (target?.kind !== 'profile' || (target.reference !== from && target.reference !== profileReference(from))) {
      return text;
    }
    const at = entry.valueStart + entry.value.lastIndexOf(target.reference);
    return text.slice(0, at) + profileReference(to) + text.slice(at + target.reference.length);
  }, section.text);
}
