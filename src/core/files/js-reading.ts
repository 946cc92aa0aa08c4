import type { AwsFileKind } from '../model/profile.ts';

/** The keys of one section, as written; nested ones are `block.key`. A map is one. */
export interface JsSection {
  readonly size: number;
  get(key: string): string | undefined;
  has(key: string): boolean;
  keys(): Iterable<string>;
  [Symbol.iterator](): Iterator<[string, string]>;
}

/** Sections as `parseIni` of the JS SDK names them: `profile.admin`, `sso-session.corp`, or the header itself. */
export type JsSections = ReadonlyMap<string, JsSection>;

const PREFIXED_HEADER = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/;
const KNOWN_PREFIXES = ['profile', 'sso-session', 'services'];
const REFUSED_HEADERS = ['__proto__', 'profile __proto__'];
const PROTOTYPE = '__proto__';
const PROFILE_PREFIX = 'profile.';
// In a set, because `in` makes the engine keep every name it is asked for.
const OBJECT_MEMBERS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
const HASH = 0x23;
const SEMICOLON = 0x3b;

/**
 * The sections that the AWS SDK for JavaScript sees in a text. Never throws where the SDK swallows its own error: it then sees
 * nothing at all, as here.
 *
 * Keys of a section named like a member of `Object.prototype` land on that member in the SDK and are lost; so they are here.
 * Source: https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/config/shared-ini-file-loader/parseIni.ts
 */
export function parseJsIni(text: string): JsSections {
  const reader = new JsIniReader();
  for (const line of text.split('\n')) {
    if (!reader.addLine(line)) {
      return new Map();
    }
  }
  return reader.sections;
}

/**
 * What the SDK makes of one file: in the config file profiles by name, `sso-session.NAME` and `services.NAME`; in the credentials
 * file whatever sections there are, under the name `parseJsIni` gives them.
 */
export function readAsJs(text: string, file: AwsFileKind): JsSections {
  const sections = parseJsIni(text);
  return file === 'credentials' ? sections : jsConfigSections(sections);
}

/**
 * A profile as the SDK puts it together from both files (as `parseJsIni` reads them): key by key, the credentials file over the
 * config file. Undefined when it sees none of that name. Members of `Object.prototype` are names that it loses.
 */
export function jsProfile(config: JsSections, credentials: JsSections, name: string): JsSection | undefined {
  return mergedJsProfile(name, jsConfigSection(config, name), credentials.get(name));
}

/** The same from the sections of that name in the two files. */
export function mergedJsProfile(
  name: string,
  ofConfig: JsSection | undefined,
  ofCredentials: JsSection | undefined,
): JsSection | undefined {
  if (isObjectMember(name)) {
    return undefined;
  }
  return ofConfig === undefined || ofCredentials === undefined
    ? (ofConfig ?? ofCredentials)
    : new Map([...ofConfig, ...ofCredentials]);
}

/** `parseIni`'s loop, a line at a time. */
class JsIniReader {
  readonly sections = new Map<string, Map<string, string>>();
  #current: Map<string, string> | undefined;
  #name: string | undefined;
  #block: string | undefined;

  /** False where the SDK throws. */
  addLine(rawLine: string): boolean {
    const line = withoutComment(rawLine).trim();
    if (line.startsWith('[') && line.endsWith(']')) {
      return this.#openSection(line.slice(1, -1));
    }
    const equals = this.#name === undefined ? -1 : line.indexOf('=');
    if (equals > 0) {
      this.#addKey(line.slice(0, equals).trim(), line.slice(equals + 1).trim(), rawLine);
    }
    return true;
  }

  #openSection(header: string): boolean {
    this.#name = jsSectionName(header);
    this.#current = undefined;
    this.#block = undefined;
    return !REFUSED_HEADERS.includes(header);
  }

  #addKey(key: string, value: string, rawLine: string): void {
    if (value === '') {
      this.#block = key;
      return;
    }
    if (this.#block !== undefined && rawLine.trimStart() === rawLine) {
      this.#block = undefined;
    }
    const name = this.#block === undefined ? key : `${this.#block}.${key}`;
    this.#current ??= this.#sectionToFill();
    if (name !== PROTOTYPE) {
      this.#current.set(name, value);
    }
  }

  #sectionToFill(): Map<string, string> {
    const name = this.#name ?? '';
    const section = this.sections.get(name) ?? new Map<string, string>();
    if (!isObjectMember(name)) {
      this.sections.set(name, section);
    }
    return section;
  }
}

/** Whether the SDK loses what is under this name, because its plain objects have a member of that name. */
export function isObjectMember(name: string): boolean {
  return OBJECT_MEMBERS.has(name);
}

/** The name under which the SDK files a section in `parseJsIni`, or undefined where it skips it. */
export function jsSectionName(header: string): string | undefined {
  const [matched, prefix, , name] = PREFIXED_HEADER.exec(header) ?? [];
  if (matched === undefined) {
    return header === '' ? undefined : header;
  }
  return prefix !== undefined && KNOWN_PREFIXES.includes(prefix) ? `${prefix}.${name}` : undefined;
}

/** Whether the first line of a text is a section header to the SDK. */
export function seesHeader(text: string): boolean {
  const end = text.indexOf('\n');
  const line = withoutComment(end === -1 ? text : text.slice(0, end)).trim();
  return line.startsWith('[') && line.endsWith(']');
}

/** The line up to the first `#` or `;` that begins it or follows white space. */
function withoutComment(line: string): string {
  for (let position = 0; position < line.length; position += 1) {
    const code = line.charCodeAt(position);
    const isMark = code === HASH || code === SEMICOLON;
    if (isMark && (position === 0 || line.charAt(position - 1).trim() === '')) {
      return line.slice(0, position);
    }
  }
  return line;
}

function jsConfigSections(sections: JsSections): JsSections {
  const names = [...sections.keys()].map((key) =>
    key.startsWith(PROFILE_PREFIX) ? key.slice(PROFILE_PREFIX.length) : key,
  );
  return new Map(
    names.flatMap((name) => {
      const section = jsConfigSection(sections, name);
      return section === undefined || name === PROTOTYPE ? [] : [[name, section] as const];
    }),
  );
}

/**
 * The section of the config file that the SDK takes for a name. `[profile default]` goes before `[default]`, wherever it stands; other
 * sections without a known prefix are none.
 */
export function jsConfigSection(sections: JsSections, name: string): JsSection | undefined {
  const keepsName = name === 'default' || name.startsWith('sso-session.') || name.startsWith('services.');
  return sections.get(PROFILE_PREFIX + name) ?? (keepsName ? sections.get(name) : undefined);
}
