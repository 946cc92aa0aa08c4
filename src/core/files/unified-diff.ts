import { diffLines, type LineStep } from './line-diff.ts';
import { maskSecretLines } from './mask-secrets.ts';

const CONTEXT_LINES = 3;
const NO_LINE_END = '\\ No newline at end of file';

interface DiffLine {
  readonly step: LineStep;
  readonly text: string;
  /** How many lines of either side come before this one. */
  readonly oldBefore: number;
  readonly newBefore: number;
}

/**
 * The change from one INI text to another as a unified diff, the values of secrets masked. '' when the two are the same.
 *
 * `name` heads the diff. Format: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function unifiedIniDiff(name: string, before: string, after: string): string {
  if (before === after) {
    return '';
  }
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  const maskedOld = maskSecretLines(oldLines);
  const maskedNew = maskSecretLines(newLines);
  const lines: DiffLine[] = [];
  let oldBefore = 0;
  let newBefore = 0;
  for (const step of diffLines(oldLines, newLines)) {
    const text = (step === '+' ? maskedNew[newBefore] : maskedOld[oldBefore]) ?? '';
    lines.push({ step, text, oldBefore, newBefore });
    oldBefore += step === '+' ? 0 : 1;
    newBefore += step === '-' ? 0 : 1;
  }
  return [`--- ${name}`, `+++ ${name}`, ...hunks(lines).map(formatHunk), ''].join('\n');
}

/** Lines without their ends; a carriage return counts as a part, so that a change of line ends shows. A lone one ends a line, as in Python. */
function splitLines(text: string): readonly string[] {
  const lines = /\r(?!\n)/.test(text) ? text.split(/\n|(?<=\r)(?!\n)/) : text.split('\n');
  const last = lines.at(-1) ?? '';
  return last === '' ? lines.slice(0, -1) : [...lines.slice(0, -1), `${last}\n${NO_LINE_END}`];
}

/** Changed lines with their context; those whose contexts touch are one hunk. */
function hunks(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const ranges: { start: number; end: number }[] = [];
  lines.forEach(({ step }, index) => {
    if (step === ' ') {
      return;
    }
    const start = Math.max(0, index - CONTEXT_LINES);
    const end = Math.min(lines.length, index + 1 + CONTEXT_LINES);
    const last = ranges.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = end;
    } else {
      ranges.push({ start, end });
    }
  });
  return ranges.map(({ start, end }) => lines.slice(start, end));
}

function formatHunk(lines: readonly DiffLine[]): string {
  const range = (before: number, skipped: LineStep): string => {
    const count = lines.filter(({ step }) => step !== skipped).length;
    return `${before + (count === 0 ? 0 : 1)},${count}`;
  };
  const oldRange = range(lines[0]?.oldBefore ?? 0, '+');
  const newRange = range(lines[0]?.newBefore ?? 0, '-');
  return [`@@ -${oldRange} +${newRange} @@`, ...lines.map(({ step, text }) => step + text)].join('\n');
}
