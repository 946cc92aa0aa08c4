import { BadInputError } from '../model/errors.ts';
import { posixWord } from '../model/posix-word.ts';

/**
 * Runs the words it is given, and keeps the window until somebody has read why they failed. No word is ever part of the script itself.
 */
export const HOLD_SCRIPT = `"$@"
ended=$?
if [ "$ended" -ne 0 ]; then
  printf '\\nEnded with %s. Press Enter to close this window. ' "$ended"
  read -r _
fi`;

/** A file for macOS's terminals that runs a command: all they take is the name of one. */
export function shellFile(command: readonly string[]): string {
  return `#!/bin/sh\nset -- ${command.map(posixQuoted).join(' ')}\n${HOLD_SCRIPT}\n`;
}

function posixQuoted(word: string): string {
  if (word.includes('\0')) {
    throw unfit();
  }
  return posixWord(word);
}

/** What means something to `cmd` even between quotes, or to Windows Terminal; other letters are read in a code page of the machine's. */
const UNFIT_FOR_BATCH = /[^\x20-\x7E]|["!%^&<>|;]/;

/** The word itself, where `cmd` takes it for nothing else. Throws BadInputError. */
export function batchWord(word: string): string {
  if (UNFIT_FOR_BATCH.test(word)) {
    throw unfit();
  }
  return word;
}

/** A batch file that runs a command, and waits where it failed. Throws BadInputError for a word that it cannot hold. */
export function batchFile(command: readonly string[]): string {
  const words = command.map((word) => `"${batchWord(word)}"`).join(' ');
  return ['@echo off', `call ${words}`, 'if errorlevel 1 pause', ''].join('\r\n');
}

function unfit(): BadInputError {
  return new BadInputError(
    'A name in this command cannot be given to a terminal of this system.',
    'Give the profile or Identity Center a name of plain letters and digits, and ROLECALL_HOME a plain path.',
  );
}
