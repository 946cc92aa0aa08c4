/** The pages of the window, in the order of its sidebar. */
export const PAGES = ['access', 'sessions', 'profiles', 'activity', 'doctor', 'guide', 'settings'] as const;

/** One of `PAGES`. */
export type Page = (typeof PAGES)[number];

/** Where the window stands: a page, and what to find on it. */
export interface Place {
  readonly page: Page;
  /** What the page is asked to show first: a profile's name, a setting, a role's key, a finding. */
  readonly subject: string | undefined;
}

/** Reads `#/page/subject`; anything else is the first page. */
export function parsePlace(hash: string): Place {
  const [, name = '', subject] = hash.replace(/^#/, '').split('/', 3);
  const page = PAGES.find((candidate) => candidate === name) ?? 'access';
  return { page, subject: subject === undefined || subject === '' ? undefined : decodeSubject(subject) };
}

/** The fragment that leads to a place. */
export function placeHash({ page, subject }: Place): string {
  return subject === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(subject)}`;
}

/** A subject that no encoder wrote stands for nothing. */
function decodeSubject(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
