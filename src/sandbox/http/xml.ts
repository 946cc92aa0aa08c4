/** A value that can be written as XML elements. Undefined members are left out; a list becomes `<member>` elements. */
export type XmlValue =
  string | number | boolean | Date | undefined | readonly XmlValue[] | { readonly [element: string]: XmlValue };

/** Escapes text for element content and attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** Writes a value's inside. Dates are ISO 8601 in whole seconds, as AWS Query services write them. */
export function xmlContent(value: XmlValue, listElement = 'member'): string {
  if (value === undefined) {
    return '';
  }
  if (value instanceof Date) {
    return isoSeconds(value);
  }
  if (Array.isArray(value)) {
    return (value as readonly XmlValue[])
      .map((item) => `<${listElement}>${xmlContent(item, listElement)}</${listElement}>`)
      .join('');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, content]) => content !== undefined)
      .map(([element, content]) => `<${element}>${xmlContent(content, listElement)}</${element}>`)
      .join('');
  }
  return escapeXml(String(value));
}

/** `2026-11-23T12:00:00Z`. */
export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
