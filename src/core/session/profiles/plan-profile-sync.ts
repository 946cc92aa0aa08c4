import { newSectionText } from '../../files/ini-new-text.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import type { IniSection } from '../../files/ini-scan.ts';
import { managedSections, replaceManagedBlock } from '../../files/managed-block.ts';
import { profileNames } from '../../files/profile-name.ts';

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
  /** Roles that are in use but not asked for: their profiles stay. Undefined: the list is not whole, so nothing is pruned. */
  readonly vanishedUnless: ReadonlySet<string> | undefined;
  /** See `profileNames`. */
  readonly template?: string | undefined;
  /** For profiles that are new; those there keep what they have. */
  readonly region?: string | undefined;
  readonly output?: string | undefined;
  /** Names in the credentials file. */
  readonly takenElsewhere: Iterable<string>;
  /** The names that were given last time, by `roleIdentity`: a profile still named so follows its account's name. */
  readonly lastNames: ReadonlyMap<string, string>;
}

/** What would become of the profiles. */
export interface SyncPlan {
  readonly document: IniDocument;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly unchanged: number;
  /** To be kept for the next time, as `lastNames`. */
  readonly names: ReadonlyMap<string, string>;
}

interface OwnSection {
  readonly name: string;
  readonly identity: string;
  readonly text: string;
}

const PROFILE = /^profile ([A-Za-z0-9][A-Za-z0-9._@+-]*)$/;

/** One text for one role of an account. */
export function roleIdentity(role: { readonly accountId: string; readonly roleName: string }): string {
  return `${role.accountId}/${role.roleName}`;
}

/**
 * The config file with a profile for every role wished, in Rolecall's own block; pure, to be run again on what the file holds then.
 *
 * What the user changed inside the block stays: a profile under a name of their own, keys they added or set. A profile that still has
 * the name given to it follows when its account is renamed. Profiles of other Identity Centers are not touched.
 * Throws FileUnsafeError where the block cannot be told, BadInputError for a template or region that cannot be used.
 */
export function planProfileSync(document: IniDocument, wish: SyncWish): SyncPlan {
  const sections = managedSections(document);
  const own = sections.flatMap((section) => ownSection(section, wish.ssoSession));
  const ownTexts = new Set(own.map(({ text }) => text));
  const others = sections.filter((section) => !ownTexts.has(section.text));
  const wished = new Map(wish.roles.map((role) => [roleIdentity(role), role]));
  const removed = own.filter(({ identity }) => isVanished(identity, wished, wish.vanishedUnless));
  const gone = new Set(removed);
  const staying = own.filter((section) => !gone.has(section));
  const names = chooseNames(document, wish, wished, { staying, others });
  const kept = staying.map((section) => ({ section, to: names.get(section.identity) ?? section.name }));
  const present = new Set(staying.map(({ identity }) => identity));
  const added = [...wished.values()].filter((role) => !present.has(roleIdentity(role))).sort(byNameAndRole);
  const texts = [
    ...others.map(({ text }) => text),
    ...kept.map(({ section, to }) => renamedText(section, to)),
    ...added.map((role) => newProfileText(names.get(roleIdentity(role)) ?? '', role, wish)),
  ];
  return {
    document: replaceManagedBlock(document, joined(texts)),
    added: added.map((role) => names.get(roleIdentity(role)) ?? ''),
    removed: removed.map(({ name }) => name),
    renamed: kept
      .filter(({ section, to }) => section.name !== to)
      .map(({ section, to }) => ({ from: section.name, to })),
    unchanged: kept.filter(({ section, to }) => section.name === to).length,
    names,
  };
}

function ownSection(section: IniSection, ssoSession: string): readonly OwnSection[] {
  const name = PROFILE.exec(section.header ?? '')?.[1];
  const value = (key: string): string | undefined => section.entries.findLast((entry) => entry.name === key)?.value;
  const accountId = value('sso_account_id');
  const roleName = value('sso_role_name');
  return name === undefined || accountId === undefined || roleName === undefined || value('sso_session') !== ssoSession
    ? []
    : [{ name, identity: roleIdentity({ accountId, roleName }), text: section.text }];
}

function isVanished(
  identity: string,
  wished: ReadonlyMap<string, SyncRole>,
  unless: ReadonlySet<string> | undefined,
): boolean {
  return unless !== undefined && !wished.has(identity) && !unless.has(identity);
}

/** A name for every wished role: the user's own where they gave one, else the template's. */
function chooseNames(
  document: IniDocument,
  wish: SyncWish,
  wished: ReadonlyMap<string, SyncRole>,
  { staying, others }: { readonly staying: readonly OwnSection[]; readonly others: readonly IniSection[] },
): Map<string, string> {
  const usersOwn = new Map(
    staying
      .filter(({ name, identity }) => wish.lastNames.get(identity) !== name || !wished.has(identity))
      .map(({ name, identity }) => [identity, name]),
  );
  const inBlock = new Set(staying.map(({ name }) => name));
  const outside = document.sections
    .flatMap(({ header = '' }) => PROFILE_NAME.exec(header)?.[1] ?? [])
    .filter((name) => !inBlock.has(name));
  const otherNames = others.flatMap(({ header = '' }) => PROFILE.exec(header)?.[1] ?? []);
  const toName = [...wished]
    .filter(([identity]) => !usersOwn.has(identity))
    .map(([, role]) => ({ ...role, ssoSession: wish.ssoSession }));
  const taken = [...wish.takenElsewhere, ...outside, ...otherNames, ...usersOwn.values()];
  const given = profileNames(toName, { ...(wish.template === undefined ? {} : { template: wish.template }), taken });
  return new Map([
    ...usersOwn,
    ...toName.map((role, index): [string, string] => [roleIdentity(role), given[index] ?? '']),
  ]);
}

const PROFILE_NAME = /^profile\s+["']?(.+?)["']?$/;

function renamedText(section: OwnSection, to: string): string {
  return section.name === to
    ? section.text
    : section.text.replace(`[profile ${section.name}]`, () => `[profile ${to}]`);
}

function newProfileText(name: string, role: SyncRole, wish: SyncWish): string {
  return newSectionText(`profile ${name}`, {
    sso_session: wish.ssoSession,
    sso_account_id: role.accountId,
    sso_role_name: role.roleName,
    ...(wish.region === undefined ? {} : { region: wish.region }),
    ...(wish.output === undefined ? {} : { output: wish.output }),
  });
}

/** Sections parted by one blank line. */
function joined(texts: readonly string[]): string {
  return texts.map((text) => `${text.replace(/\s+$/, '')}\n`).join('\n');
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
