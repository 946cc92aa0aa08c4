import type { Asker } from '../../shared/app-state.ts';

const MAX_NAME_LENGTH = 128;
const MAX_FOLDER_LENGTH = 1024;
const MAX_PARENTS = 8;

/** Text without control, formatting and direction characters, at most `maxLength` long: fit for a log line or a popup, whoever chose it. */
export function plainText(text: string, maxLength: number): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, maxLength);
}

/** Who asks, as names of programs and folders may be shown: any of them can hold anything. */
export function plainAsker(asker: Asker): Asker {
  return {
    program: plainText(asker.program, MAX_NAME_LENGTH) || 'unknown program',
    pid: asker.pid,
    folder: asker.folder === undefined ? undefined : plainText(asker.folder, MAX_FOLDER_LENGTH),
    parents: asker.parents.slice(0, MAX_PARENTS).map((name) => plainText(name, MAX_NAME_LENGTH)),
  };
}
