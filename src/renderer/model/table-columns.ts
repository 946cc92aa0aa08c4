/** What the table can show of a role, in the order in which it stands there. */
export const TABLE_COLUMNS = [
  'pin',
  'account',
  'id',
  'email',
  'role',
  'type',
  'session',
  'region',
  'profiles',
  'tags',
  'access',
] as const;

export type ColumnName = (typeof TABLE_COLUMNS)[number];

/** Always there: without them a row says nothing, or nothing can be done with it. */
const FIXED: readonly ColumnName[] = ['account', 'role', 'access'];

/** Shown where there is room, those last in this order with the most of it. */
const ROOMY: readonly ColumnName[] = ['type', 'region', 'tags', 'profiles', 'email', 'session'];

/** The columns that can be put away. */
export const OPTIONAL_COLUMNS = TABLE_COLUMNS.filter((name) => !FIXED.includes(name));

/** What the user said of columns; of those not named here, nothing. */
export type ChosenColumns = Readonly<Partial<Record<string, boolean>>>;

/** A column that is shown. */
export interface ShownColumn {
  readonly name: ColumnName;
  /** How many columns have to find room before this one does; 0 for those that are there in any width. */
  readonly place: number;
  /** Whether the user asked for it: then it comes also where the others get narrow by it. */
  readonly isAsked: boolean;
}

/**
 * The columns that the user has not put away. Those that the user asked for by name find room before those that come by themselves; where
 * one was put away, none comes that was not there before. Names in the settings that are no column's, as a later version may have
 * written them, say nothing.
 */
export function shownColumns(chosen: ChosenColumns): readonly ShownColumn[] {
  const asked = ROOMY.filter((name) => chosen[name] === true);
  const unasked = ROOMY.filter((name) => chosen[name] === undefined);
  const placeOf = (name: ColumnName): number =>
    chosen[name] === true
      ? asked.indexOf(name) + 1
      : Math.max(ROOMY.indexOf(name), asked.length + unasked.indexOf(name)) + 1;
  return TABLE_COLUMNS.filter((name) => FIXED.includes(name) || chosen[name] !== false).map((name) => ({
    name,
    place: ROOMY.includes(name) ? placeOf(name) : 0,
    isAsked: chosen[name] === true,
  }));
}
