import { fetchJson, isRecordOf, isText, type FetchWords } from './fetched-words.ts';
import url from './setting-synonyms.json?url';

/** Other words for settings, by which people look for them: by the setting's id, then by language. */
export type SettingSynonyms = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Gets them. They are read by a search only, so they come when there may be one. Throws where they cannot be had. */
export async function fetchSynonyms(fetchWords: FetchWords = fetchJson): Promise<SettingSynonyms> {
  const value = await fetchWords(url);
  if (!isRecordOf(value, (words): words is Readonly<Record<string, string>> => isRecordOf(words, isText))) {
    throw new TypeError('These are no words for settings');
  }
  return value;
}
