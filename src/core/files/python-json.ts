/** How a JSON text is laid out. */
export interface PythonJsonStyle {
  /** Keys in the order of their code points, at every depth. */
  readonly sortKeys?: boolean;
  /** Without spaces behind commas and colons. */
  readonly isCompact?: boolean;
}

/**
 * A value as Python's `json.dumps` writes it, for files and hashes that botocore's must equal: `", "` and `": "` between the parts,
 * everything but printable ASCII escaped. Takes what `JSON.parse` gives; undefined members are left out.
 * Source: https://docs.python.org/3/library/json.html#json.dumps
 */
export function pythonJson(value: unknown, style: PythonJsonStyle = {}): string {
  const comma = style.isCompact === true ? ',' : ', ';
  const colon = style.isCompact === true ? ':' : ': ';
  if (Array.isArray(value)) {
    return `[${value.map((item) => pythonJson(item, style)).join(comma)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const ordered = style.sortKeys === true ? members.sort(([a], [b]) => compareCodePoints(a, b)) : members;
    return `{${ordered.map(([key, member]) => asciiString(key) + colon + pythonJson(member, style)).join(comma)}}`;
  }
  return typeof value === 'string' ? asciiString(value) : JSON.stringify(value ?? null);
}

function asciiString(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Python orders strings by code point, as the bytes of UTF-8 do; JavaScript by UTF-16 unit. They differ beyond U+FFFF. */
function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
