const MOST_TAGS = 32;
const LONGEST_TAG = 64;

/** Tags as typed, one after another with commas (also the Chinese and Japanese ones) between; doubles fall away. */
export function parseTags(text: string): readonly string[] {
  const tags = text
    .split(/[,，、]/)
    .map((tag) => tag.trim().slice(0, LONGEST_TAG))
    .filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, MOST_TAGS);
}
