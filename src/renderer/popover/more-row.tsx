import type { JSX } from 'react';
import { useText } from '../shell/use-text.ts';

/** Says how many more were found than the list shows. */
export function MoreRow({ rowIndex, count }: { readonly rowIndex: number; readonly count: number }): JSX.Element {
  const { t, format } = useText();
  return (
    <div role="row" aria-rowindex={rowIndex} className="more-row">
      <span role="gridcell">{t.list.more(format.number(count))}</span>
    </div>
  );
}
