import type { SetUp } from '../profiles/set-up.ts';

/** A profile that another tool serves now, and how it would be written for AWS's own tools. */
export interface TakeOver {
  readonly profile: string;
  readonly set: Readonly<Record<string, string>>;
  /** The lines by which the other tool serves it; gone then, as every tool would go on with them. */
  readonly remove: readonly string[];
}

/** A long-term key in the other tool's keeping, and the command that hands it over without showing it. */
export interface KeptKey {
  readonly profile: string;
  readonly command: string;
}

/** What was found in another tool's files, in our form. */
export interface Collected {
  /** New Identity Centers among those that profiles and marks name. */
  readonly ssoSessions: SetUp['ssoSessions'];
  readonly profiles: SetUp['profiles'];
  readonly marks: SetUp['marks'];
  readonly takeOvers: readonly TakeOver[];
  readonly keys: readonly KeptKey[];
  /** What could not be taken along, a sentence each. */
  readonly notes: readonly string[];
}

/** Nothing. */
export const NOTHING_COLLECTED: Collected = {
  ssoSessions: [],
  profiles: [],
  marks: {},
  takeOvers: [],
  keys: [],
  notes: [],
};

/** Drops the values that are not there. */
export function definedKeys(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );
}
