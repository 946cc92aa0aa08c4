/** A text as one word for every POSIX shell, whatever is in it but the character 0, which no program can be given. */
export function posixWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
