/** The texts of one `[table]` of a TOML file, by key. */
export type TomlTables = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The tables of a TOML file with their texts. Only what is needed to find `Key = "text"` under `[Table.Name]`: other values, and lines
 * that are none of the two, are passed over. Keys before the first table are under ''.
 * Source: https://toml.io/en/v1.0.0
 */
export function readTomlTables(text: string): TomlTables {
  const tables = new Map<string, Map<string, string>>();
  let current = '';
  for (const line of text.split(/\r?\n/)) {
    const [, header] = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line) ?? [];
    if (header !== undefined) {
      current = pathOf(header).join('.');
      continue;
    }
    const [, key, basic, literal] = /^\s*([\w-]+)\s*=\s*(?:("(?:[^"\\]|\\.)*")|'([^']*)')\s*(?:#.*)?$/.exec(line) ?? [];
    const value = literal ?? (basic === undefined ? undefined : basicText(basic));
    if (key !== undefined && value !== undefined) {
      const table = tables.get(current) ?? new Map<string, string>();
      tables.set(current, table.set(key, value));
    }
  }
  return tables;
}

/** `SSO.prod`, `SSO."my org"`. */
function pathOf(header: string): readonly string[] {
  return [...header.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|[\w-]+/g)].map(
    ([whole, basic, literal]) => literal ?? basic ?? whole,
  );
}

function basicText(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
