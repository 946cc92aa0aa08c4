/** Where an error nobody expected was thrown, for the log. Not its message, which could hold anything. */
export function errorTrace(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code} ${frames
    .slice(0, 5)
    .map((line) => line.trim())
    .join(' ')}`.trim();
}
