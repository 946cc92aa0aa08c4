import { memo, type JSX } from 'react';

/** The head of a part of the list. */
export const SectionRow = memo(function SectionRow(props: {
  readonly rowIndex: number;
  readonly label: string;
  readonly note: string | undefined;
}): JSX.Element {
  return (
    <div role="row" aria-rowindex={props.rowIndex} className="section-row">
      <span role="gridcell" className="truncate">
        <bdi>{props.label}</bdi>
      </span>
      {props.note !== undefined && <span className="section-row__note">{props.note}</span>}
    </div>
  );
});
