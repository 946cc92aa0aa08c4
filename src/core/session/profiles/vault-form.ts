import { parseIni, type IniDocument } from '../../files/ini-document.ts';
import type { IniEntry, IniSection } from '../../files/ini-scan.ts';
import { parseHelperLine, profileReference } from '../keys/helper-line.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';

/** A section of a profile that is, or is to be, in the form of vault mode. */
export interface VaultSection {
  readonly header: string;
  /** The profile's name, as our line names it. */
  readonly profile: string;
  /** Without it the section's keys only step aside: the line stands in another section of the profile. */
  readonly line: string | undefined;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

const PROCESS = 'credential_process';
/** By the first a tool would look for a token in `~/.aws`; by the others it would find other credentials before our line. */
const STEPS_ASIDE = /^(?:sso_[a-z_]+|credential_process|login_session|credential_source)$/;

/** Whether this key of a profile steps aside in vault mode. */
export function stepsAside(name: string): boolean {
  return STEPS_ASIDE.test(name);
}

/** The role of an Identity Center that a section names, in plain or kept beside our line; undefined where it does not name all three. */
export function ssoRoleOfSection(
  section: IniSection,
): { readonly ssoSession: string; readonly accountId: string; readonly roleName: string } | undefined {
  const ssoSession = plainOrKept(section, 'sso_session');
  const accountId = plainOrKept(section, 'sso_account_id');
  const roleName = plainOrKept(section, 'sso_role_name');
  return ssoSession === undefined || accountId === undefined || roleName === undefined
    ? undefined
    : { ssoSession, accountId, roleName };
}

function plainOrKept(section: IniSection, key: string): string | undefined {
  return lastValue(section, key) ?? lastValue(section, KEPT_PREFIX + key);
}

function lastValue({ entries }: IniSection, name: string): string | undefined {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    if (entries[index]?.name === name) {
      return entries[index]?.value;
    }
  }
  return undefined;
}

/**
 * The document with these sections in the form of vault mode: our line first, the keys it replaces under our prefix. Nothing else is
 * touched, so that `outOfVault` gives every byte back; doing it again changes nothing.
 */
export function intoVault(document: IniDocument, sections: readonly VaultSection[]): IniDocument {
  const wanted = new Map(sections.map((section) => [section.header, section]));
  return mapSections(document, (section) => {
    const vault = wanted.get(section.header ?? '');
    return vault === undefined ? section.text : vaultText(section, vault, document.eol);
  });
}

/** The document with these sections as they were before `intoVault`. What the user wrote there since wins over what was kept. */
export function outOfVault(document: IniDocument, sections: readonly VaultSection[]): IniDocument {
  const wanted = new Map(sections.map((section) => [section.header, section]));
  return mapSections(document, (section) => {
    const vault = wanted.get(section.header ?? '');
    return vault === undefined ? section.text : plainText(section, vault);
  });
}

/** The lines of a new profile in vault mode. `values` as they would stand in shared mode. */
export function vaultValues(line: string, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(values).map(([key, value]) => [stepsAside(key) ? KEPT_PREFIX + key : key, value]);
  return { [PROCESS]: line, ...(Object.fromEntries(kept) as Record<string, string>) };
}

function vaultText(section: IniSection, vault: VaultSection, eol: string): string {
  const plain = section.entries.filter((entry) => stepsAside(entry.name) && !isOurLine(entry, vault));
  const hasLine = section.entries.some((entry) => isOurLine(entry, vault));
  const [first] = section.entries;
  if (first === undefined) {
    return section.text;
  }
  const names = new Set(plain.map(({ name }) => KEPT_PREFIX + name));
  const steps = new Set(plain);
  const text = section.entries.reduceRight((now, entry) => {
    const at = entry.start + entry.indent;
    if (steps.has(entry)) {
      return now.slice(0, at) + KEPT_PREFIX + now.slice(at);
    }
    // What an earlier time left under the same name means nothing any more.
    return names.has(entry.name) ? now.slice(0, entry.start) + now.slice(entry.end) : now;
  }, section.text);
  if (vault.line === undefined || hasLine) {
    return text;
  }
  // Before the first key and indented like it: nothing below can be taken for a continuation of it, and no last line end is needed.
  const indent = section.text.slice(first.start, first.start + first.indent);
  return `${text.slice(0, first.start)}${indent}${PROCESS} = ${vault.line}${eol}${text.slice(first.start)}`;
}

function plainText(section: IniSection, vault: VaultSection): string {
  const plain = new Set(section.entries.filter((entry) => !isOurLine(entry, vault)).map(({ name }) => name));
  return section.entries.reduceRight((now, entry) => {
    const keptName = entry.name.startsWith(KEPT_PREFIX) ? entry.name.slice(KEPT_PREFIX.length) : '';
    if (isOurLine(entry, vault) || (stepsAside(keptName) && plain.has(keptName))) {
      return now.slice(0, entry.start) + now.slice(entry.end);
    }
    const at = entry.start + entry.indent;
    return stepsAside(keptName) ? now.slice(0, at) + now.slice(at + KEPT_PREFIX.length) : now;
  }, section.text);
}

/** Whether this is the line that asks us for the very profile it stands in. */
function isOurLine({ name, value }: IniEntry, { profile, platform }: VaultSection): boolean {
  const target = name === PROCESS ? parseHelperLine(value, platform) : undefined;
  return target?.kind === 'profile' && target.reference === profileReference(profile);
}

/** One pass over all sections, however many change. */
function mapSections(document: IniDocument, change: (section: IniSection) => string): IniDocument {
  const texts = document.chunks.map(change);
  return texts.every((text, index) => text === document.chunks[index]?.text)
    ? document
    : parseIni((document.hasByteOrderMark ? '\uFEFF' : '') + texts.join(''));
}
