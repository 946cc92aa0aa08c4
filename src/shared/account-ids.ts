import * as v from 'valibot';

/** Accounts as a page names them in a command: tens of thousands of them fit into one. */
export const AccountIdsSchema = v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(100_000));
