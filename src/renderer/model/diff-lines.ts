/** One line of a unified diff, ready to be drawn. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed' | 'hunk';
  readonly text: string;
}

/** Reads a unified diff of one file; its header is left out, for the view names the file itself. */
export function diffLines(diff: string): readonly DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  const firstHunk = lines.findIndex((line) => line.startsWith('@@'));
  return lines
    .slice(Math.max(firstHunk, 0))
    .filter((line) => line !== '' && !line.startsWith('\\'))
    .map((line) => diffLine(line));
}

function diffLine(line: string): DiffLine {
  if (line.startsWith('@@')) {
    return { kind: 'hunk', text: line };
  }
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'context';
  return { kind, text: line.slice(1) };
}
