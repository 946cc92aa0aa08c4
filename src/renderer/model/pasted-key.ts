/** An access key as it was found in a pasted text. The secret is for its field only. */
export interface PastedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const KEY_ID = /(?<![A-Z0-9])AKIA[A-Z0-9]{16}(?![A-Z0-9])/;
const SECRET = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/;

/**
 * Finds both halves of an access key in one text: a line of the console's CSV file, a message with both, a section of a credentials
 * file. Undefined where one of them is not there.
 */
export function readPastedKey(text: string): PastedKey | undefined {
  const accessKeyId = KEY_ID.exec(text)?.[0];
  const secretAccessKey = SECRET.exec(text)?.[0];
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
}
