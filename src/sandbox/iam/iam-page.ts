import { integerParam } from '../http/query-params.ts';
import type { XmlValue } from '../http/xml.ts';

/** Cuts the page that `MaxItems` and `Marker` ask for, as the members of a List result. */
export function iamPage(
  params: URLSearchParams,
  element: string,
  items: readonly XmlValue[],
): { readonly [element: string]: XmlValue } {
  const size = integerParam(params, 'MaxItems', { min: 1, max: 1000 }, 100);
  const start = Number(/^m:(\d+)$/.exec(params.get('Marker') ?? '')?.[1] ?? 0);
  const isTruncated = start + size < items.length;
  return {
    [element]: items.slice(start, start + size),
    IsTruncated: isTruncated,
    Marker: isTruncated ? `m:${start + size}` : undefined,
  };
}
