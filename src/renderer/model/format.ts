/** Numbers, spans and moments in the words and digits of one language. */
export interface Format {
  /** A span in its two largest units: `1h 5m`, `42m`, `58s`. */
  readonly duration: (seconds: number) => string;
  /** A moment as a person would say it today: `18:40`, `tomorrow 09:10`, `23 Feb 2027`. */
  readonly moment: (iso: string, nowMs: number) => string;
  /** A moment in full, for titles. */
  readonly full: (iso: string) => string;
  /** How long ago: `3 minutes ago`. */
  readonly ago: (iso: string, nowMs: number) => string;
  /** The day of a moment: `today`, `yesterday`, `Monday 5 October`. */
  readonly day: (iso: string, nowMs: number) => string;
  readonly time: (iso: string) => string;
  readonly number: (value: number) => string;
}

type Unit = 'day' | 'hour' | 'minute' | 'second';

const SECONDS: Readonly<Record<Unit, number>> = { day: 86_400, hour: 3_600, minute: 60, second: 1 };
/** Below this, seconds are said beside minutes. */
const NEAR_SECONDS = 120;
const UNITS: readonly Unit[] = ['day', 'hour', 'minute', 'second'];

/** Locales that write whole numbers as `12,345`. */
const GROUPS_BY_THREE = /^(?:en(?:-(?:US|GB|AU|CA|IE|NZ))?|zh-CN|ja(?:-JP)?)$/;

/** How some locales write the time of a day; `halves` are its words for before and after noon where hours are counted to twelve. */
const CLOCKS: Readonly<Record<string, { readonly hourDigits: 1 | 2; readonly halves?: readonly [string, string] }>> = {
  en: { hourDigits: 1, halves: ['AM', 'PM'] },
  'en-US': { hourDigits: 1, halves: ['AM', 'PM'] },
  'en-GB': { hourDigits: 2 },
  'en-IE': { hourDigits: 2 },
  'zh-CN': { hourDigits: 2 },
  ja: { hourDigits: 1 },
  'ja-JP': { hourDigits: 1 },
};

/** Formats of a locale (BCP 47), in `timeZone` where that is given, else the machine's. */
export function createFormat(locale: string, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  // Narrow Japanese says `42m`, which nobody writes there.
  const unitDisplay = locale.startsWith('ja') ? 'short' : 'narrow';
  // Each of these takes a millisecond or more to make, and a screen rarely needs them all.
  const units = new Map(
    UNITS.map((unit) => [unit, lazy(() => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }))]),
  );
  const clock = clockOf(locale, timeZone);
  const weekday = lazy(() => new Intl.DateTimeFormat(locale, { weekday: 'short', ...zone }));
  const date = lazy(
    () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...zone }),
  );
  const longDay = lazy(
    () => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...zone }),
  );
  const full = lazy(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', ...zone }));
  const relative = lazy(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const number = lazy(() => new Intl.NumberFormat(locale));
  const groups = GROUPS_BY_THREE.test(locale);
  const dayNumber = dayNumbers(timeZone);

  const daysAway = (ms: number, nowMs: number): number => dayNumber(ms) - dayNumber(nowMs);
  return {
    duration: (seconds) =>
      spanParts(seconds)
        .map(({ unit, count }) => units.get(unit)?.().format(count) ?? '')
        .join(' '),
    moment: (iso, nowMs) =>
      readable(iso, (ms) => {
        const away = daysAway(ms, nowMs);
        if (away === 0) {
          return clock(ms);
        }
        if (Math.abs(away) === 1) {
          return `${relative().format(away, 'day')} ${clock(ms)}`;
        }
        return away > 1 && away < 7 ? `${weekday().format(ms)} ${clock(ms)}` : date().format(ms);
      }),
    full: (iso) => readable(iso, (ms) => full().format(ms)),
    ago: (iso, nowMs) => readable(iso, (ms) => agoText(relative(), (ms - nowMs) / 1000)),
    day: (iso, nowMs) =>
      readable(iso, (ms) => {
        const away = daysAway(ms, nowMs);
        return away === 0 || away === -1 ? capitalised(relative().format(away, 'day'), locale) : longDay().format(ms);
      }),
    time: (iso) => readable(iso, clock),
    number: (value) => (groups ? groupedByThree(value) : number().format(value)),
  };
}

/** Makes a thing when it is first asked for. */
function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/**
 * What `Intl.NumberFormat` gives for a whole number in those locales, without the tables it loads when first used: that took a third
 * of the work for the first screen.
 */
function groupedByThree(value: number): string {
  return Number.isSafeInteger(value)
    ? String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
    : new Intl.NumberFormat('en').format(value);
}

/** The time of a day. As with whole numbers, the tables of `Intl` would take a fifth of the work for the first screen. */
function clockOf(locale: string, timeZone: string | undefined): (ms: number) => string {
  const known = timeZone === undefined ? CLOCKS[locale] : undefined;
  if (known === undefined) {
    const zone = timeZone === undefined ? {} : { timeZone };
    const clock = lazy(() => new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...zone }));
    return (ms) => clock().format(ms);
  }
  const { hourDigits, halves } = known;
  return (ms) => {
    const date = new Date(ms);
    const hour = date.getHours();
    const shown = halves === undefined ? hour : hour % 12 || 12;
    const minute = String(date.getMinutes()).padStart(2, '0');
    const half = halves === undefined ? '' : ` ${halves[hour < 12 ? 0 : 1]}`;
    return `${String(shown).padStart(hourDigits, '0')}:${minute}${half}`;
  };
}

/** The two largest units of a span; a span that is none, or below zero, is no seconds. */
function spanParts(seconds: number): readonly { readonly unit: Unit; readonly count: number }[] {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const largest = UNITS.findIndex((unit) => whole >= SECONDS[unit]);
  if (largest < 0) {
    return [{ unit: 'second', count: 0 }];
  }
  const parts: { unit: Unit; count: number }[] = [];
  let rest = whole;
  // Seconds beside minutes would only flicker, except near the end, where they are what matters.
  const precise = whole < NEAR_SECONDS || largest < 2;
  for (const unit of UNITS.slice(largest, precise ? largest + 2 : largest + 1)) {
    parts.push({ unit, count: Math.floor(rest / SECONDS[unit]) });
    rest %= SECONDS[unit];
  }
  return parts.filter(({ count }, at) => at === 0 || count > 0);
}

/** A moment that cannot be read is a dash, never `Invalid Date`. */
function readable(iso: string, write: (ms: number) => string): string {
  const ms = Date.parse(iso);
  return Number.isFinite(ms) ? write(ms) : '–';
}

function agoText(relative: Intl.RelativeTimeFormat, seconds: number): string {
  const unit = UNITS.find((candidate) => Math.abs(seconds) >= SECONDS[candidate]) ?? 'second';
  return relative.format(Math.trunc(seconds / SECONDS[unit]), unit);
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** Counts days by the calendar of a time zone, the machine's own where none is given. */
function dayNumbers(timeZone: string | undefined): (ms: number) => number {
  const msOfDay = SECONDS.day * 1000;
  if (timeZone === undefined) {
    return (ms) => {
      const date = new Date(ms);
      return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / msOfDay;
    };
  }
  const calendar = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  return (ms) => Date.parse(calendar.format(ms)) / msOfDay;
}
