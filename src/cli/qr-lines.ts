const BLOCKS: Readonly<Record<string, string>> = { '##': '\u2588', '# ': '\u2580', ' #': '\u2584', '  ': ' ' };

/**
 * A QR code for a terminal: two rows of modules in one line of half blocks, black on white whatever the terminal's colours are, since
 * scanners want it so. `rows` as in `QrCode.rows`.
 */
export function qrLines(rows: string): string {
  const lines = rows.split('\n');
  const pairs = lines
    .filter((_, index) => index % 2 === 0)
    .map((upper, index) => [upper, lines[index * 2 + 1] ?? ' '.repeat(upper.length)] as const);
  return pairs.map(([upper, lower]) => `\u001b[30;107m${joined(upper, lower)}\u001b[0m`).join('\n');
}

function joined(upper: string, lower: string): string {
  return Array.from(upper, (module, index) => BLOCKS[`${module}${lower[index] ?? ' '}`] ?? ' ').join('');
}
