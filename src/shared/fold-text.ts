/** Lower case, full width to half width, accents off; always as long as the text itself. */
export function foldText(text: string): string {
  // Almost every name is plain ASCII; there, lower case is all there is to do.
  if (/^[\x20-\x7e]*$/.test(text)) {
    return text.toLowerCase();
  }
  let folded = '';
  for (const letter of text) {
    const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    folded += plain.length === letter.length ? plain : letter;
  }
  return folded;
}
