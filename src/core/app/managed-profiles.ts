import { sectionMeaning } from '../files/aws-sections.ts';
import { parseIni } from '../files/ini-document.ts';
import { BLOCK_BEGIN, findManagedBlock } from '../files/managed-block.ts';

/** The profiles that stand in our own block of the config file. None where the block cannot be told from the user's lines. */
export function managedProfiles(configText: string): ReadonlySet<string> {
  if (!configText.includes(BLOCK_BEGIN)) {
    return new Set();
  }
  const block = findManagedBlock(parseIni(configText));
  const sections = block.kind === 'found' ? block.content.sections : [];
  return new Set(
    sections.flatMap(({ header }) => {
      const meaning = header === undefined ? undefined : sectionMeaning(header, 'config');
      return meaning?.kind === 'profile' ? [meaning.name] : [];
    }),
  );
}
