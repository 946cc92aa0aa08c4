/** What a request says about itself, by lower-cased condition key. A key that does not apply is absent, not empty. */
export type RequestContext = ReadonlyMap<string, string>;

/** Builds a context from keys as AWS writes them; undefined values are left out. */
export function requestContext(values: Readonly<Record<string, string | undefined>>): RequestContext {
  const context = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) {
      context.set(key.toLowerCase(), value);
    }
  }
  return context;
}

/** Whether `text` matches an IAM pattern, where `*` is any text and `?` any one character. */
export function matchesPattern(
  pattern: string,
  text: string,
  options: { readonly ignoreCase?: boolean } = {},
): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, options.ignoreCase === true ? 'is' : 's').test(text);
}

/**
 * Replaces policy variables (`${aws:username}`) by their values. Undefined where one has no value: such a pattern matches nothing.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expandVariables(pattern: string, context: RequestContext): string | undefined {
  const literals: Readonly<Record<string, string>> = { '*': '*', '?': '?', $: '$' };
  let known = true;
  const expanded = pattern.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    const value = literals[name] ?? context.get(name.toLowerCase());
    known = known && value !== undefined;
    return value ?? '';
  });
  return known ? expanded : undefined;
}

/** Whether an action (`sts:AssumeRole`) is one of these patterns. Actions are compared without case. */
export function matchesAction(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, action, { ignoreCase: true }));
}

/** Whether a resource ARN is one of these patterns, variables expanded. */
export function matchesResource(patterns: readonly string[], resource: string, context: RequestContext): boolean {
  return patterns.some((pattern) => {
    const expanded = expandVariables(pattern, context);
    return expanded !== undefined && matchesPattern(expanded, resource);
  });
}
