/** Heights of the rows of long lists in CSS pixels, as the style sheet states them. */
export interface RowHeights {
  readonly section: number;
  readonly account: number;
  readonly role: number;
  readonly target: number;
  readonly table: number;
  readonly option: number;
}

/** Reads the heights from the tokens, so that list and style sheet cannot disagree. */
export function readRowHeights(window: Window): RowHeights {
  const style = window.getComputedStyle(window.document.documentElement);
  const height = (name: string): number => Number.parseFloat(style.getPropertyValue(`--row-${name}`));
  return {
    section: height('section'),
    account: height('account'),
    role: height('role'),
    target: height('target'),
    table: height('table'),
    option: height('option'),
  };
}
