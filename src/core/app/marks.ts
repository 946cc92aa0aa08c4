import * as v from 'valibot';
import { MARK_COLOURS, type Marks } from '../../shared/app-state.ts';
import { OpenerIdSchema } from '../../shared/console-opener-schema.ts';
import type { ParsedCommand } from '../../shared/commands.ts';
import { markedKeys } from '../../shared/marked.ts';
import { BadInputError } from '../model/errors.ts';

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
  const next = new Map(Object.entries(all));
  put(next, key, changes);
  return Object.fromEntries(next);
}

/**
 * The same for many, in one pass. Throws BadInputError where one of them would have more tags than are kept; then nothing is changed.
 */
export function changeManyMarks(all: AllMarks, changes: ParsedCommand<'setManyMarks'>['changes']): AllMarks {
  const next = new Map(Object.entries(all));
  for (const { of, marks, addTags, removeTags } of changes) {
    for (const key of of.flatMap((marked) => markedKeys(marked))) {
      put(next, key, { ...marks, ...changedTags(next.get(key)?.tags ?? [], addTags ?? [], removeTags ?? []) });
    }
  }
  return Object.fromEntries(next);
}

const MOST_TAGS = 32;

function changedTags(
  before: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): { readonly tags?: string[] } {
  if (added.length + removed.length === 0) {
    return {};
  }
  const tags = [...new Set([...before.filter((tag) => !removed.includes(tag)), ...added])];
  if (tags.length > MOST_TAGS) {
    throw new BadInputError(
      `An account can have at most ${MOST_TAGS} tags, and one of them would have more.`,
      'Take tags from it first. Nothing was changed.',
    );
  }
  return { tags };
}

function put(all: Map<string, Marks>, key: string, changes: ParsedCommand<'setMarks'>['marks']): void {
  const merged = Object.entries({ ...all.get(key), ...changes }).filter(([, value]) => says(value));
  if (merged.length === 0) {
    all.delete(key);
  } else {
    all.set(key, Object.fromEntries(merged));
  }
}

function says(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== '' && value !== false;
}
