import { CONSOLE_SERVICES } from '../../shared/console-services.ts';

const MOST_RECENT = 6;
const HOME = 'home';

/**
 * The services opened last, with this one in front; the same list where nothing is to be noted: the console's home needs no place in
 * it, and the user's own pages have their own.
 */
export function withDestination(recent: readonly string[], destination: string | undefined): readonly string[] {
  const isService = CONSOLE_SERVICES.some(({ id }) => id === destination && id !== HOME);
  return destination === undefined || !isService || recent[0] === destination
    ? recent
    : [destination, ...recent.filter((other) => other !== destination)].slice(0, MOST_RECENT);
}
