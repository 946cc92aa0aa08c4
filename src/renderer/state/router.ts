import { parsePlace, placeHash, type Page, type Place } from '../../shared/pages.ts';
import { createCell, type Cell } from './cell.ts';

/** Where the window stands, and how to go elsewhere. */
export interface Router {
  readonly place: Cell<Place>;
  readonly go: (page: Page, subject?: string) => void;
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
