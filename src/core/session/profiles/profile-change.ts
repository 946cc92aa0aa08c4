import * as v from 'valibot';

const profile = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const key = v.pipe(v.string(), v.maxLength(128));
const keys = v.record(key, v.pipe(v.string(), v.maxLength(4096)));

/** A change of one profile, as screens and the command line ask for it. What may stand in keys and names is checked where it is planned. */
export const ProfileChangeSchema = v.variant('kind', [
  /** A new profile in the config file. */
  v.object({ kind: v.literal('add'), profile, set: keys }),
  /** Sets and removes keys; others stay as they are. With `to` it is renamed too. */
  v.object({
    kind: v.literal('set'),
    profile,
    to: v.optional(profile),
    set: v.optional(keys, {}),
    remove: v.optional(v.pipe(v.array(key), v.maxLength(100)), []),
  }),
  /** Other profiles that start from it follow. */
  v.object({ kind: v.literal('rename'), profile, to: profile }),
  v.object({ kind: v.literal('delete'), profile }),
  /** `[default]` then gives what this profile gives. */
  v.object({ kind: v.literal('make-default'), profile }),
]);

export type ProfileChange = v.InferOutput<typeof ProfileChangeSchema>;
export type ChangeOf<Kind extends ProfileChange['kind']> = Extract<ProfileChange, { kind: Kind }>;
