import { partitionOfRegion, type Partition } from '../../model/partition.ts';
import { didYouMean, notARegion } from '../../model/did-you-mean.ts';
import { BadInputError } from '../../model/errors.ts';
import { UrlRefusedError } from '../errors.ts';
import { CONSOLE_SERVICES } from '../../../shared/console-services.ts';

/** Where a console opens: as the user said it, a service's name or a console URL, and a region; both optional. */
export interface DestinationWish {
  readonly destination: string | undefined;
  readonly region: string | undefined;
}

const SLUG = /^[a-z][a-z0-9-]{0,63}$/;
const PLAIN = /^[\x21-\x7e]{1,2048}$/;
/** Before the host where a browser holds several sessions: `123456789012-abcdefgh.`; the session to come has another. */
const SESSION_PREFIX = /^\d{12}-[0-9a-z]{8}\./;

/**
 * The URL of a page in the console of `partition`, fit to sign in to. `{region}` in a wish is replaced.
 *
 * Throws BadInputError for a region of another partition or a service nobody knows, UrlRefusedError for a URL that is not of this
 * partition's console.
 */
export function consoleDestination(partition: Partition, wish: DestinationWish): string {
  const { region } = wish;
  const regionPartition = region === undefined ? partition : partitionOfRegion(region);
  if (region !== undefined && regionPartition === undefined) {
    throw notARegion(region);
  }
  if (regionPartition?.id !== partition.id) {
    throw new BadInputError(
      "That region is not one of this account's part of AWS.",
      `Choose a region such as ${partition.defaultRegion}.`,
    );
  }
  const text = wish.destination?.trim().replaceAll('{region}', region ?? partition.defaultRegion) ?? '';
  if (text === '') {
    return region === undefined ? `https://${partition.consoleHost}/` : inRegion(partition, '/console/home', region);
  }
  if (SLUG.test(text.toLowerCase())) {
    return inRegion(partition, servicePath(text.toLowerCase()), region);
  }
  return text.startsWith('/') && !text.startsWith('//')
    ? consoleUrl(partition, `https://${partition.consoleHost}${text}`)
    : consoleUrl(partition, text);
}

function servicePath(id: string): string {
  const known = CONSOLE_SERVICES.find((service) => service.id === id);
  if (known === undefined) {
    throw new BadInputError(
      `No service of the console is known as ${id}.`,
      `${didYouMean(
        id,
        CONSOLE_SERVICES.map((service) => service.id),
      )}Use a service's short name such as s3 or ec2, or a console URL.`,
    );
  }
  return known.path;
}

function inRegion(partition: Partition, path: string, region: string | undefined): string {
  if (region === undefined) {
    return `https://${partition.consoleHost}${path}`;
  }
  const [page = '', fragment] = path.split('#', 2);
  return `https://${region}.${partition.consoleHost}${page}?region=${region}${fragment === undefined ? '' : `#${fragment}`}`;
}

function consoleUrl(partition: Partition, text: string): string {
  const url = PLAIN.test(text) && !text.includes('\\') && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') {
    throw new UrlRefusedError('the destination is not a page of the AWS console');
  }
  const host = url.hostname.replace(SESSION_PREFIX, '');
  const isConsole =
    host === partition.consoleHost || new RegExp(`^[a-z0-9-]+\\.${escapeDots(partition.consoleHost)}$`).test(host);
  if (!isConsole) {
    throw new UrlRefusedError(
      `the destination is not a page of ${partition.consoleHost}, where this account's console is`,
    );
  }
  url.hostname = host;
  return url.href;
}

function escapeDots(host: string): string {
  return host.replaceAll('.', '\\.');
}
