import type { en } from './en.ts';

/** The same messages in another language: every key, with the same blanks to fill in. */
export type Translated<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...blanks: infer Blanks) => string
      ? (...blanks: Blanks) => string
      : Translated<T[Key]>;
};

/** All messages of the screen. English is written first; the others are held to its form by this type. */
export type Catalogue = Translated<typeof en>;
