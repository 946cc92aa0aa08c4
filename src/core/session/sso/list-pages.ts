import { MalformedReplyError } from '../../aws/aws-errors.ts';
import type { PageRead } from '../../aws/sso.ts';

/** More pages than that no list of AWS's has: 40,000 accounts, or as many roles in one. */
export const MAX_PAGES = 400;

/**
 * Reads a list page by page; `onPage` gets each page's rows. Throws MalformedReplyError for a list without an end: a page that leads to
 * a page already read, or too many pages.
 */
export async function listPages<Row>(
  readPage: (nextToken: string | undefined) => Promise<PageRead<Row>>,
  onPage: (rows: readonly Row[]) => void,
): Promise<void> {
  const seen = new Set<string>();
  let nextToken: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await readPage(nextToken);
    onPage(page.rows);
    if (page.nextToken === undefined) {
      return;
    }
    if (seen.has(page.nextToken)) {
      break;
    }
    seen.add(page.nextToken);
    nextToken = page.nextToken;
  }
  throw new MalformedReplyError('a list without an end');
}
