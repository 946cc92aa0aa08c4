import type { JSX } from 'react';
import type { SyncResult } from '../../shared/profile-commands.ts';
import { Notice } from '../components/notice.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { displayText } from '../model/display-text.ts';
import { useNow } from '../shell/use-now.ts';
import { useText } from '../shell/use-text.ts';

/** So many names stand in a line; the diff has all of them. */
const NAMED = 5;

/** What the sync would do, in words. */
export function SyncOutcome({ result }: { readonly result: SyncResult }): JSX.Element {
  const { format } = useText();
  const words = useProfileToolWords().sync;
  const now = useNow(10_000);
  const number = (count: number): string => format.number(count);
  const list = (names: readonly string[], count: number): string =>
    names.slice(0, NAMED).map(displayText).join(', ') + (count > NAMED ? ' …' : '');
  const renames = result.renames.map(({ from, to }) => `${from} → ${to}`);
  const lines = [
    result.changedByUser > 0 && words.kept(result.changedByUser, list(result.changedNames, result.changedByUser)),
    result.removed > 0 && words.removed(list(result.removedNames, result.removed)),
    result.renamed > 0 && words.renamed(list(renames, result.renamed)),
    result.skipped > 0 && words.skipped(number(result.skipped)),
    result.listedAt === undefined ? words.neverListed : words.listed(format.moment(result.listedAt, now)),
  ].filter((line) => line !== false);
  return (
    <Notice
      severity={result.removed > 0 ? 'warning' : 'info'}
      message={words.counts(
        number(result.added),
        number(result.removed),
        number(result.renamed),
        number(result.unchanged),
      )}
      hint={lines.map((line) => (
        <span key={line} className="outcome__line">
          {line}
        </span>
      ))}
    />
  );
}
