const ENGLISH = new Intl.PluralRules('en');

/** The English form that fits a number: `plural(1, 'role', 'roles')`. */
export function plural(count: number, one: string, other: string): string {
  return ENGLISH.select(count) === 'one' ? one : other;
}
