import * as v from 'valibot';

/** As much of a value as its schema takes. */
export interface WhatFits<T> {
  readonly value: T;
  /** What was left out: where it stands, as in `guardRules.0.role`. Empty where all fits. */
  readonly misfits: readonly string[];
}

type Path = readonly PropertyKey[];

/**
 * The value without the parts that the schema does not take, so that one bad setting does not cost the others. Of a list the whole
 * element goes, since half a rule is another rule. Undefined where nothing can be made of it.
 */
export function whatFits<T>(schema: v.GenericSchema<unknown, T>, value: unknown): WhatFits<T> | undefined {
  const whole = v.safeParse(schema, value);
  if (whole.success) {
    return { value: whole.output, misfits: [] };
  }
  const paths = whole.issues.map((issue): Path => issue.path?.map(({ key }) => key as PropertyKey) ?? []);
  const rest = v.safeParse(schema, without(value, new Set(paths.map((path) => idOf(elementIn(path))))));
  return rest.success ? { value: rest.output, misfits: [...new Set(paths.map(placeOf))] } : undefined;
}

/** Up to the last element of a list on the way; the path itself where there is none. */
function elementIn(path: Path): Path {
  const at = path.findLastIndex((key) => typeof key === 'number');
  return at < 0 ? path : path.slice(0, at + 1);
}

/** One text for one path, also where keys have dots in them. */
function idOf(path: Path): string {
  return JSON.stringify(path);
}

function placeOf(path: Path): string {
  return path.map(String).join('.');
}

/** A copy without what stands at these places. */
function without(value: unknown, places: ReadonlySet<string>, at: Path = []): unknown {
  const isKept = (key: PropertyKey): boolean => !places.has(idOf([...at, key]));
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => (isKept(index) ? [without(element, places, [...at, index])] : []));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = Object.entries(value).filter(([key]) => isKept(key));
  return Object.fromEntries(kept.map(([key, part]) => [key, without(part, places, [...at, key])]));
}
