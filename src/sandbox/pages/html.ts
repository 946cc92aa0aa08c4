/** Markup that was built by `html` and needs no more escaping. */
export class SafeHtml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template. Text is escaped; undefined is nothing. */
export type HtmlValue = string | number | SafeHtml | undefined | readonly HtmlValue[];

/** Escapes text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A template whose every value is escaped unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return new SafeHtml(strings.map((text, index) => text + toMarkup(values[index])).join(''));
}

function toMarkup(value: HtmlValue): string {
  if (value instanceof SafeHtml) {
    return value.markup;
  }
  if (typeof value === 'object') {
    return value.map(toMarkup).join('');
  }
  return value === undefined ? '' : escapeHtml(String(value));
}
