import { Secret } from '../model/secret.ts';

/** Whether a Secret is anywhere in a value made of plain objects, arrays, maps and sets. */
export function holdsSecret(value: unknown, seen: Set<object> = new Set()): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return false;
  }
  if (value instanceof Secret) {
    return true;
  }
  seen.add(value);
  const parts = value instanceof Map || value instanceof Set ? [...value].flat() : Object.values(value);
  return parts.some((part) => holdsSecret(part, seen));
}
