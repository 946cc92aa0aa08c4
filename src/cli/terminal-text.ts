/**
 * Text that is safe on a terminal: control characters (which could move the cursor, set the clipboard or hide text) and invisible
 * or direction-changing characters are taken out. Names come from AWS and may hold anything.
 */
export function terminalText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '');
}

/** One line for stderr: whatever breaks there were become spaces. */
export function oneLine(text: string): string {
  return terminalText(text.replace(/\s+/gu, ' ')).trim();
}

/** Several lines, as of a diff, each safe on a terminal; tabs become spaces. */
export function plainLines(text: string): string {
  return text
    .split('\n')
    .map((line) => terminalText(line.replaceAll('\t', '    ')))
    .join('\n');
}

/** Cells a text takes on a terminal: wide characters (CJK, emoji) take two, combining ones none. */
export function displayWidth(text: string): number {
  return Array.from(text).reduce((width, character) => width + characterWidth(character), 0);
}

function characterWidth(character: string): number {
  if (/\p{M}/u.test(character)) {
    return 0;
  }
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    character,
  )
    ? 2
    : 1;
}

/** Rows as columns, padded to the widest; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(terminalText));
  const columns = Math.max(0, ...clean.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...clean.map((row) => displayWidth(row[column] ?? ''))),
  );
  return clean
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
}
