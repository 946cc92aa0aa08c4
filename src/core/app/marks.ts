import * as v from 'valibot';
import { MARK_COLOURS, type Marks } from '../../shared/app-state.ts';
import { OpenerIdSchema } from '../../shared/console-opener-schema.ts';
import type { ParsedCommand } from '../../shared/commands.ts';

/** All marks, by `targetKey` or `accountKey`. */
export type AllMarks = Readonly<Record<string, Marks>>;

/** The file of marks, as parsed. */
export const AllMarksSchema = v.record(
  v.pipe(v.string(), v.minLength(1), v.maxLength(1200)),
  v.object({
    pinned: v.optional(v.boolean()),
    alias: v.optional(v.pipe(v.string(), v.maxLength(128))),
    colour: v.optional(v.picklist(MARK_COLOURS)),
    tags: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(32))),
    hidden: v.optional(v.boolean()),
    guarded: v.optional(v.boolean()),
    use: v.optional(v.picklist(['allow', 'ask', 'ask-hourly', 'refuse'])),
    order: v.optional(v.number()),
    opener: v.optional(OpenerIdSchema),
    region: v.optional(v.pipe(v.string(), v.maxLength(64))),
  }),
);

/** Sets some marks of one role or account; null, an empty text, an empty list and false take a mark away. */
export function changeMarks(all: AllMarks, key: string, changes: ParsedCommand<'setMarks'>['marks']): AllMarks {
  const before: Marks = Object.hasOwn(all, key) ? (all[key] ?? {}) : {};
  const merged = Object.entries({ ...before, ...changes }).filter(([, value]) => says(value));
  const others = Object.entries(all).filter(([other]) => other !== key);
  return Object.fromEntries(merged.length === 0 ? others : [...others, [key, Object.fromEntries(merged) as Marks]]);
}

function says(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== '' && value !== false;
}
