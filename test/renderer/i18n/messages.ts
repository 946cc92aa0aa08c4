type Blank = (...blanks: unknown[]) => string;

/** Every message by its path, blanks filled in with words that can be found again. */
export function messages(catalogue: object, path = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue) as [string, unknown][]) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') {
      found.set(here, value);
    } else if (typeof value === 'function') {
      const blanks = Array.from({ length: value.length }, (_, at) => `‹${at}›`);
      found.set(here, (value as Blank)(...blanks));
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, text] of messages(value, here)) {
        found.set(inner, text);
      }
    }
  }
  return found;
}
