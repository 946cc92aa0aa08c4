import { portalErrors } from './portal-errors.ts';

const MAX_PAGE = 100;

/** One page of rows and the token of the next, if there is one. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly nextToken?: string;
}

/**
 * Cuts the page that `max_result` (1 to 100; `defaultSize` where absent) and `next_token` ask for.
 * Throws InvalidRequestException for values AWS refuses.
 */
export function pageOf<T>(rows: readonly T[], query: URLSearchParams, defaultSize: number): Page<T> {
  const start = startOf(query.get('next_token'));
  const size = sizeOf(query.get('max_result'), defaultSize);
  const end = start + size;
  const page = rows.slice(start, end);
  return end < rows.length ? { rows: page, nextToken: tokenOf(end) } : { rows: page };
}

function sizeOf(text: string | null, defaultSize: number): number {
  if (text === null) {
    return defaultSize;
  }
  const size = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (size < 1 || size > MAX_PAGE) {
    throw portalErrors.invalid(`max_result must be between 1 and ${MAX_PAGE}`);
  }
  return size;
}

function tokenOf(start: number): string {
  return Buffer.from(`page:${start}:AAMA-EFRSURBSGhEZW1vUGFnaW5hdGlvblRva2Vu`).toString('base64');
}

function startOf(token: string | null): number {
  if (token === null) {
    return 0;
  }
  const start = /^page:(\d+):/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (start === undefined) {
    throw portalErrors.invalid('Invalid next_token');
  }
  return Number(start);
}
