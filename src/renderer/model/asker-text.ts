import type { Asker } from '../../shared/app-state.ts';
import { displayText } from './display-text.ts';

/** Words around the parts of an asker, in the language of the screen. */
export interface AskerWords {
  readonly withPid: (program: string, pid: string) => string;
  readonly inFolder: (who: string, folder: string) => string;
}

/** Who asks, in one line: the program, its process id, and the folder it stands in. */
export function askerText(asker: Asker, words: AskerWords): string {
  const program = displayText(asker.program);
  const who = asker.pid === undefined ? program : words.withPid(program, String(asker.pid));
  return asker.folder === undefined ? who : words.inFolder(who, displayText(asker.folder));
}
