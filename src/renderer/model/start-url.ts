/** Whether a text may be a start URL: enough to catch a slip of the hand. What is taken in the end is decided by the core. */
export function looksLikeStartUrl(text: string): boolean {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) {
    return false;
  }
  const { protocol, hostname } = new URL(trimmed);
  return protocol === 'https:'
    ? hostname.includes('.')
    : protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(hostname);
}
