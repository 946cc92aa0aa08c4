import { createCell, type Cell } from './cell.ts';

/** The pages of the window, in the order of its sidebar. */
export const PAGES = ['access', 'sessions', 'profiles', 'activity', 'guide', 'settings'] as const;

export type Page = (typeof PAGES)[number];

/** Where the window stands: a page, and what to find on it. */
export interface Place {
  readonly page: Page;
  /** What the page is asked to show first: a profile's name, a setting, an account. */
  readonly subject: string | undefined;
}

/** Where the window stands, and how to go elsewhere. */
export interface Router {
  readonly place: Cell<Place>;
  readonly go: (page: Page, subject?: string) => void;
}

/** Reads `#/page/subject`; anything else is the first page. */
export function parsePlace(hash: string): Place {
  const [, name = '', subject] = hash.replace(/^#/, '').split('/', 3);
  const page = PAGES.find((candidate) => candidate === name) ?? 'access';
  return { page, subject: subject === undefined || subject === '' ? undefined : decodeSubject(subject) };
}

/** The fragment that leads to a place. */
export function placeHash(place: Place): string {
  return place.subject === undefined ? `#/${place.page}` : `#/${place.page}/${encodeURIComponent(place.subject)}`;
}

/** A router on the page's fragment, so that the shell can open the window at a page and the browser's Back works. */
export function createRouter(window: Pick<Window, 'location' | 'addEventListener'>): Router {
  const place = createCell(parsePlace(window.location.hash));
  window.addEventListener('hashchange', () => place.set(parsePlace(window.location.hash)));
  return {
    place,
    go(page, subject) {
      const next: Place = { page, subject };
      place.set(next);
      window.location.hash = placeHash(next);
    },
  };
}

/** A subject that no encoder wrote stands for nothing. */
function decodeSubject(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
