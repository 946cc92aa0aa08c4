import { editAwsFile, type AwsFileEditorDeps, type UndoRecord } from '../../files/aws-file-editor.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import { requirePartition } from '../../aws/endpoints.ts';
import { AlreadyExistsError, BadInputError } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { ACCOUNT_ACCESS_SCOPE, findSsoSession } from './sso-session.ts';

/** Where `[sso-session]` sections are written. */
export interface SsoSessionEditPorts {
  readonly editor: AwsFileEditorDeps;
  readonly configFile: string;
  readProfiles(): Promise<AwsProfiles>;
  /** Notes an edit, so that it can be taken back. Never throws. */
  readonly recordEdit: (note: SsoSessionEditNote, undo: readonly UndoRecord[]) => Promise<unknown>;
}

/** What is noted of an edit: `subject` is the name of the section. */
export interface SsoSessionEditNote {
  readonly kind: 'add-sso-session' | 'remove-sso-session';
  readonly subject: string;
}

/** A new Identity Center; `startUrl` is a portal's address already looked at. */
export interface NewSsoSession {
  readonly name: string;
  readonly startUrl: string;
  readonly region: string;
}

/**
 * Writes `[sso-session NAME]` as `aws configure sso` does, at the end of the config file. Throws BadInputError for a name or region that
 * not every AWS tool would take, AlreadyExistsError, or what the editor throws; then nothing was written.
 */
export async function addSsoSession(
  ports: SsoSessionEditPorts,
  input: NewSsoSession,
  signal?: AbortSignal,
): Promise<void> {
  requirePartition(input.region);
  if (!isSafeProfileName(input.name)) {
    throw new BadInputError(
      'That name cannot be used for an Identity Center.',
      'Begin with a letter or digit and use letters, digits and . _ @ + - only, at most 64 characters.',
    );
  }
  const known = (await ports.readProfiles()).ssoSessions;
  if (known.some(({ name }) => name.toLowerCase() === input.name.toLowerCase())) {
    throw alreadyThere(input.name);
  }
  await editNoted(ports, { kind: 'add-sso-session', subject: input.name }, (file) => withSection(file, input), signal);
}

/**
 * Removes `[sso-session NAME]`. Throws NotFoundError, BadInputError while profiles use it (they would stop working) and for the legacy form,
 * which has no section of its own, or what the editor throws.
 */
export async function removeSsoSession(ports: SsoSessionEditPorts, id: string, signal?: AbortSignal): Promise<void> {
  const profiles = await ports.readProfiles();
  const config = profiles.ssoSessions.find(({ name }) => name === id);
  const header = config === undefined ? findSsoSession(profiles, id).id : config.header;
  const users = profiles.profiles.filter((profile) => usesSsoSession(profile, id)).map(({ name }) => name);
  if (header === undefined || users.length > 0) {
    throw new BadInputError(
      `${id} is used by the ${users.length === 1 ? 'profile' : 'profiles'} ${listNames(users)}.`,
      'Remove or change those profiles first.',
    );
  }
  const note = { kind: 'remove-sso-session', subject: id } as const;
  await editNoted(ports, note, (file) => file.removeSection(header), signal);
}

async function editNoted(
  { editor, configFile, recordEdit }: SsoSessionEditPorts,
  note: SsoSessionEditNote,
  edit: (document: IniDocument) => IniDocument,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { undo } = await editAwsFile(editor, configFile, edit, { signal });
  await recordEdit(note, undo === undefined ? [] : [undo]);
}

/** Also a profile in vault mode, which keeps the name beside our line, and would be without an Identity Center once that is turned off. */
function usesSsoSession({ ssoSession, kind, startUrl, keys }: EffectiveProfile, id: string): boolean {
  const kept = (key: string): string | undefined => keys.get(KEPT_PREFIX + key)?.value;
  const isLegacy = ssoSession === undefined && kind === 'sso-legacy';
  return (ssoSession ?? kept('sso_session') ?? (isLegacy ? startUrl : undefined)) === id;
}

/** May run again on a newer file: the section that an earlier run wrote is no conflict. */
function withSection(document: IniDocument, input: NewSsoSession): IniDocument {
  const header = `sso-session ${input.name}`;
  const values = {
    sso_start_url: input.startUrl,
    sso_region: input.region,
    sso_registration_scopes: ACCOUNT_ACCESS_SCOPE,
  };
  if (document.section(header) === undefined) {
    return document.addSection(header, values);
  }
  if (Object.entries(values).some(([key, value]) => document.get(header, key) !== value)) {
    throw alreadyThere(input.name);
  }
  return document;
}

function alreadyThere(name: string): AlreadyExistsError {
  return new AlreadyExistsError(`There is an Identity Center named ${name} already.`, 'Choose another name.');
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
