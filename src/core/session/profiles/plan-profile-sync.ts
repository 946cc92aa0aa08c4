import { sectionMeaning } from '../../files/aws-sections.ts';
import { newSectionText } from '../../files/ini-new-text.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import type { IniEntry, IniSection } from '../../files/ini-scan.ts';
import { findManagedBlock, managedSections, replaceManagedBlock } from '../../files/managed-block.ts';
import { profileNames } from '../../files/profile-name.ts';
import { parseHelperLine, profileReference } from '../keys/helper-line.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { followRenames } from './follow-renames.ts';
import { ssoRoleOfSection, vaultValues } from './vault-form.ts';

/** A role of an Identity Center for which there should be a profile. */
export interface SyncRole {
  readonly accountId: string;
  readonly accountName: string;
  readonly roleName: string;
}

/** What the profiles of one Identity Center should be. */
export interface SyncWish {
  readonly ssoSession: string;
  readonly roles: readonly SyncRole[];
  /** Whether a profile of ours that is not wished may go. Its role may just not be known: then it has to stay. */
  readonly mayPrune: (role: { readonly accountId: string; readonly roleName: string }) => boolean;
  /** See `profileNames`. */
  readonly template?: string | undefined;
  /** For profiles that are new; those there keep what they have. */
  readonly region?: string | undefined;
  readonly output?: string | undefined;
  /** Names in the credentials file. */
  readonly takenElsewhere: Iterable<string>;
  /** The names that were given last time, by `roleIdentity`: a profile still named so follows its account's name. */
  readonly lastNames: ReadonlyMap<string, string>;
  /** In vault mode: the `credential_process` line that serves the profile of this name. */
  readonly vaultLine?: ((profile: string) => string) | undefined;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** What would become of the profiles. */
export interface SyncPlan {
  readonly document: IniDocument;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly unchanged: number;
  /** Of those that stay, the ones that hold what the user changed: a name of their own, or keys that a new profile would not have so. */
  readonly changedByUser: readonly string[];
  /** The names that this plan gave, to be kept for the next time as `lastNames`. Names of the user's own are not among them. */
  readonly names: ReadonlyMap<string, string>;
}

interface OwnSection {
  readonly name: string;
  readonly identity: string;
  readonly role: { readonly accountId: string; readonly roleName: string };
  readonly section: IniSection;
}

/** One text for one role of an account. */
export function roleIdentity(role: { readonly accountId: string; readonly roleName: string }): string {
  return `${role.accountId}/${role.roleName}`;
}

/**
 * The config file with a profile for every role wished, in Rolecall's own block; pure, to be run again on what the file holds then.
 *
 * What the user changed inside the block stays: a profile under a name of their own, keys they added or set. A profile that still has
 * the name given to it follows when its account is renamed, and profiles that start from it follow it, wherever they stand. Profiles of
 * other Identity Centers are not touched otherwise.
 * Throws FileUnsafeError where the block cannot be told, BadInputError for a template or region that cannot be used.
 */
export function planProfileSync(document: IniDocument, wish: SyncWish): SyncPlan {
  const { lead, sections } = blockOf(document);
  const own = ownSections(sections, wish.ssoSession);
  const wished = new Map<string, SyncRole>();
  for (const role of wish.roles) {
    wished.set(roleIdentity(role), role);
  }
  const isGone = ({ identity, role }: OwnSection): boolean => !wished.has(identity) && wish.mayPrune(role);
  const gone = new Set([...own.values()].filter(isGone));
  const staying = [...own.values()].filter((section) => !gone.has(section));
  const names = chooseNames(wish, wished, staying, takenNames(document, staying, wish.takenElsewhere));
  const present = new Set(staying.map(({ identity }) => identity));
  const added = [...wished]
    .filter(([identity]) => !present.has(identity))
    .sort(([, one], [, other]) => byNameAndRole(one, other))
    .map(([identity, role]) => ({ role, name: names.given.get(identity) ?? '' }));
  const stayingTexts = sections.map((section) => {
    const ours = own.get(section);
    return ours === undefined
      ? section.text
      : gone.has(ours)
        ? commentsBelow(section)
        : renamedText(ours, names.of(ours));
  });
  const moves = staying.map((section) => ({ from: section.name, to: names.of(section) }));
  const renamed = moves.filter(({ from, to }) => from !== to);
  const written = replaceManagedBlock(
    document,
    joined([lead, ...stayingTexts, ...added.map(({ name, role }) => newProfileText(name, role, wish))]),
  );
  return {
    document: followRenames(written, new Map(renamed.map(({ from, to }) => [from, to])), wish.platform),
    added: added.map(({ name }) => name),
    removed: [...gone].map(({ name }) => name),
    renamed,
    unchanged: moves.length - renamed.length,
    changedByUser: staying
      .filter((section) => isChangedByUser(section, names, wish))
      .map((section) => names.of(section)),
    names: names.given,
  };
}

/** What stands in our block: lines of the user's own above the first section, and the sections. */
function blockOf(document: IniDocument): { readonly lead: string; readonly sections: readonly IniSection[] } {
  const block = findManagedBlock(document);
  if (block.kind !== 'found') {
    // Throws where the block is broken.
    return { lead: '', sections: managedSections(document) };
  }
  const [first] = block.content.chunks;
  return { lead: first?.header === undefined ? (first?.text ?? '') : '', sections: block.content.sections };
}

function ownSections(sections: readonly IniSection[], ssoSession: string): ReadonlyMap<IniSection, OwnSection> {
  const own = new Map<IniSection, OwnSection>();
  for (const section of sections) {
    const role = ssoRoleOfSection(section);
    const name = profileNameOf(section);
    if (name !== undefined && role?.ssoSession === ssoSession) {
      own.set(section, { name, identity: roleIdentity(role), role, section });
    }
  }
  return own;
}

/** Comments behind a section's last key belong to what follows, or to nobody: they stay. */
function commentsBelow(section: IniSection): string {
  return section.text.slice(section.entries.at(-1)?.end ?? section.text.length);
}

function profileNameOf(section: IniSection): string | undefined {
  const meaning = sectionMeaning(section.header ?? '', 'config');
  return meaning.kind === 'profile' ? meaning.name : undefined;
}

/** Names that other profiles have: outside of the block, in the credentials file, and of other Identity Centers in the block. */
function takenNames(
  document: IniDocument,
  staying: readonly OwnSection[],
  takenElsewhere: Iterable<string>,
): readonly string[] {
  const ours = new Set(staying.map(({ name }) => name));
  const taken = [...takenElsewhere];
  for (const section of document.sections) {
    const name = profileNameOf(section);
    if (name !== undefined && !ours.has(name)) {
      taken.push(name);
    }
  }
  return taken;
}

/** The names that the template gives, and what each section of ours is called in the end. */
interface ChosenNames {
  readonly given: ReadonlyMap<string, string>;
  of(section: OwnSection): string;
  /** The section of a role that is called as the template says. */
  follows(identity: string): IniSection | undefined;
}

/**
 * A section is the user's own as soon as it is not called what it was given. Where what it was given is not known (the record is lost, or
 * was not written when this ran half-way), it counts as given if the template would call it so.
 */
function chooseNames(
  wish: SyncWish,
  wished: ReadonlyMap<string, SyncRole>,
  staying: readonly OwnSection[],
  taken: readonly string[],
): ChosenNames {
  const isAsGiven = ({ identity, name }: OwnSection): boolean => wish.lastNames.get(identity) === name;
  const isSure = (section: OwnSection): boolean => wished.has(section.identity) && isAsGiven(section);
  const sure = staying.filter(isSure);
  const unsure = staying.filter((section) => !isSure(section));
  const guess = unsure.length === 0 ? new Map<string, string>() : templateNames(wish, [...wished], taken);
  const follows = new Map<string, OwnSection>();
  for (const section of [...sure, ...unsure.filter(({ identity, name }) => guess.get(identity) === name)]) {
    if (!follows.has(section.identity)) {
      follows.set(section.identity, section);
    }
  }
  const usersOwn = staying.filter((section) => follows.get(section.identity) !== section);
  const owned = new Set(usersOwn.map(({ identity }) => identity));
  const toName = [...wished].filter(([identity]) => follows.has(identity) || !owned.has(identity));
  const given = templateNames(wish, toName, [...taken, ...usersOwn.map(({ name }) => name)]);
  // Those that stay without being wished keep their record: they may be wished again.
  for (const { identity, name } of unsure.filter(isAsGiven)) {
    given.set(identity, name);
  }
  return {
    given,
    of: (section) =>
      follows.get(section.identity) === section ? (given.get(section.identity) ?? section.name) : section.name,
    follows: (identity) => follows.get(identity)?.section,
  };
}

function templateNames(
  { ssoSession, template }: SyncWish,
  roles: readonly (readonly [identity: string, role: SyncRole])[],
  taken: readonly string[],
): Map<string, string> {
  const names = profileNames(
    roles.map(([, { accountId, accountName, roleName }]) => ({ accountId, accountName, roleName, ssoSession })),
    { ...(template === undefined ? {} : { template }), taken },
  );
  const byIdentity = new Map<string, string>();
  for (const [index, [identity]] of roles.entries()) {
    byIdentity.set(identity, names[index] ?? '');
  }
  return byIdentity;
}

/** The section under its new name. */
function renamedText({ name, section }: OwnSection, to: string): string {
  return name === to ? section.text : section.text.replace(`[${section.header}]`, () => `[profile ${to}]`);
}

function newProfileText(name: string, role: SyncRole, wish: SyncWish): string {
  const { vaultLine } = wish;
  const values = newValues(role, wish);
  return newSectionText(`profile ${name}`, vaultLine === undefined ? values : vaultValues(vaultLine(name), values));
}

function newValues(
  role: { readonly accountId: string; readonly roleName: string },
  { ssoSession, region, output }: SyncWish,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {
    sso_session: ssoSession,
    sso_account_id: role.accountId,
    sso_role_name: role.roleName,
  };
  if (region !== undefined) {
    values['region'] = region;
  }
  if (output !== undefined) {
    values['output'] = output;
  }
  return values;
}

function isChangedByUser({ identity, name, role, section }: OwnSection, names: ChosenNames, wish: SyncWish): boolean {
  // Of a role that is not wished now the name was given when it was.
  if (names.follows(identity) !== section && names.given.get(identity) !== name) {
    return true;
  }
  const values = newValues(role, wish);
  const own = section.entries.filter((entry) => !isLineFor(entry, name, wish.platform));
  return (
    own.length !== Object.keys(values).length ||
    own.some((entry) => values[entry.name.replace(KEPT_PREFIX, '')] !== entry.value)
  );
}

/** Whether this is our own line for the profile, as vault mode has it. */
function isLineFor(entry: IniEntry, profile: string, platform: SyncWish['platform']): boolean {
  const target = entry.name === 'credential_process' ? parseHelperLine(entry.value, platform) : undefined;
  return target?.kind === 'profile' && target.reference === profileReference(profile);
}

/** Sections parted by one blank line. */
function joined(texts: readonly string[]): string {
  const bare = texts.map((text) => text.replace(/^[\r\n]+/, '').trimEnd()).filter((text) => text !== '');
  return bare.length === 0 ? '' : `${bare.join('\n\n')}\n`;
}

function byNameAndRole(one: SyncRole, other: SyncRole): number {
  return (
    compare(one.accountName, other.accountName) ||
    compare(one.accountId, other.accountId) ||
    compare(one.roleName, other.roleName)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
