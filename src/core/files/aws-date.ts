const DATE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * A date as any version of the AWS CLI, botocore or the JS SDK wrote it into a cache: ending in `Z`, `.123Z`, `UTC` or an offset. One
 * without a zone is UTC, as all of them meant it. Undefined for anything else.
 */
export function parseAwsDate(value: unknown): Date | undefined {
  const [matched, day, time, fraction = '', zone = 'Z'] =
    typeof value === 'string' ? (DATE.exec(value.trim()) ?? []) : [];
  if (matched === undefined || day === undefined || time === undefined) {
    return undefined;
  }
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const date = new Date(`${day}T${time}${fraction.slice(0, 4)}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A date as every one of them reads it: `2026-11-23T20:46:12Z`, parts of a second cut off. */
export function formatAwsDate(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
