import { sectionMeaning } from '../../files/aws-sections.ts';
import { parseIni, type IniDocument } from '../../files/ini-document.ts';
import type { IniSection } from '../../files/ini-scan.ts';
import type { AwsFileKind } from '../../model/profile.ts';
import { helperLine, parseHelperLine } from '../keys/helper-line.ts';
import type { HelperPlace } from '../profiles/plan-default.ts';
import type { FileEdit } from '../profiles/profile-files.ts';

const COMMAND = ' credentials ';

/**
 * The lines of ours in these profiles, naming the helper that is here; for whom they ask stays as it is. Throws BadInputError for a helper
 * whose path cannot stand in such a line.
 */
export function repointHelperLines(profiles: readonly string[], place: HelperPlace): readonly FileEdit[] {
  const names = new Set(profiles);
  const line = helperLine(place.helperPath, 'x', place.platform);
  const program = line.slice(0, line.lastIndexOf(COMMAND));
  return (['config', 'credentials'] as const).map((file) => ({
    file,
    edit: (document) => repointed(document, file, names, program, place.platform),
  }));
}

function repointed(
  document: IniDocument,
  file: AwsFileKind,
  names: ReadonlySet<string>,
  program: string,
  platform: HelperPlace['platform'],
): IniDocument {
  const texts = document.chunks.map((section) => {
    const meaning = sectionMeaning(section.header ?? '', file);
    return meaning.kind === 'profile' && names.has(meaning.name)
      ? withProgram(section, program, platform)
      : section.text;
  });
  return texts.every((text, index) => text === document.chunks[index]?.text)
    ? document
    : parseIni((document.hasByteOrderMark ? '\uFEFF' : '') + texts.join(''));
}

function withProgram(section: IniSection, program: string, platform: HelperPlace['platform']): string {
  return section.entries.reduceRight((text, { name, value, valueStart }) => {
    const at = value.lastIndexOf(COMMAND);
    const isOurs = name === 'credential_process' && at > 0 && parseHelperLine(value, platform) !== undefined;
    return isOurs ? text.slice(0, valueStart) + program + text.slice(valueStart + at) : text;
  }, section.text);
}
