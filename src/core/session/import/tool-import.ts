import { IMPORT_TOOLS, type ImportTool } from '../../../shared/settings-commands.ts';
import { NotFoundError, toFailure } from '../../model/errors.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { Failure } from '../../../shared/reply.ts';
import type { Surroundings } from '../ports.ts';
import { planSetKeys } from '../profiles/plan-set-keys.ts';
import type { FileEdit, ProfileFiles } from '../profiles/profile-files.ts';
import type { SetUp } from '../profiles/set-up.ts';
import type { ImportReport, SetUpFile } from '../profiles/set-up-file.ts';
import type { RunProgram } from '../resolve/program-runner.ts';
import type { TokenMode } from '../sso/sso-session.ts';
import { collectAwsSsoCli } from './aws-sso-cli.ts';
import { collectAwsVault, usesAwsVault } from './aws-vault.ts';
import { NOTHING_COLLECTED, type Collected, type KeptKey } from './collected.ts';
import { fileNames, firstFile, foreignPlaces, leappText, type ForeignPlaces } from './foreign-files.ts';
import { collectGranted, isGrantedProfile } from './granted.ts';
import { openLeappFile } from './leapp-file.ts';
import { collectLeapp } from './leapp.ts';
import { hashedMachineId } from './machine-id.ts';
import { SessionBook } from './session-book.ts';
import { parseYamlSubset } from './yaml-subset.ts';

/** What importing from other tools works with. */
export interface ToolImportParts {
  readonly surroundings: Pick<Surroundings, 'env' | 'homeDir' | 'platform'>;
  readonly files: ProfileFiles;
  readonly setUp: Pick<SetUpFile, 'preview' | 'apply'>;
  readonly modeOf: (ssoSession: string) => TokenMode;
  readonly runProgram: RunProgram;
  /** This machine's id, for tests; else it is asked from the system. */
  readonly machineId?: () => Promise<string>;
}

/** A tool that was found on this machine. */
export interface FoundTool {
  readonly tool: ImportTool;
  /** The file that tells it. */
  readonly file: string;
  /** Why it cannot be read; then nothing is known of it. */
  readonly failure: Failure | undefined;
  readonly collected: Collected;
}

/** What importing would do, or did. */
export interface ToolImportReport extends ImportReport {
  readonly takeOvers: readonly string[];
  readonly keys: readonly KeptKey[];
  readonly notes: readonly string[];
}

/** What to take along besides what is new. */
export interface ToolImportOptions {
  /** Also writes the profiles that the tool serves so that AWS's own tools, and Rolecall, serve them without it. */
  readonly takeOver: boolean;
}

interface Source {
  readonly file: string;
  readonly collect: (book: SessionBook) => Promise<Omit<Collected, 'ssoSessions'>>;
}

/**
 * Takes along what other tools know: Identity Centers, profiles, names, colours, tags and pins. Their files are only read. What is written goes
 * into `~/.aws/config` and our own marks, is shown before, and can be undone; what is here already always wins.
 */
export class ToolImport {
  readonly #parts: ToolImportParts;
  readonly #places: ForeignPlaces;

  constructor(parts: ToolImportParts) {
    this.#parts = parts;
    this.#places = foreignPlaces(parts.surroundings);
  }

  /** The tools that are here. One whose files cannot be read is told with the reason. Throws what reading `~/.aws` throws. */
  async find(): Promise<readonly FoundTool[]> {
    const profiles = await this.#parts.files.read();
    const found = await Promise.all(IMPORT_TOOLS.map((tool) => this.#find(tool, profiles)));
    return found.flat();
  }

  /** What importing would do. Throws NotFoundError, BadInputError for files that cannot be used, and as `SetUpFile`. */
  async preview(tool: ImportTool, options: ToolImportOptions): Promise<ToolImportReport> {
    const { collected, edits, takeOvers } = await this.#plan(tool, options);
    const report = await this.#parts.setUp.preview({ setUp: setUpOf(collected) }, edits);
    return { ...report, takeOvers, keys: collected.keys, notes: collected.notes };
  }

  /** Imports. Throws as `preview`; then nothing was changed. */
  async apply(tool: ImportTool, options: ToolImportOptions): Promise<ToolImportReport> {
    const { collected, edits, takeOvers } = await this.#plan(tool, options);
    const report = await this.#parts.setUp.apply({ setUp: setUpOf(collected), source: tool }, edits);
    return { ...report, takeOvers, keys: collected.keys, notes: collected.notes };
  }

  async #plan(
    tool: ImportTool,
    { takeOver }: ToolImportOptions,
  ): Promise<{ collected: Collected; edits: readonly FileEdit[]; takeOvers: readonly string[] }> {
    const { files, modeOf, surroundings } = this.#parts;
    const profiles = await files.read();
    const source = await this.#sourceOf(tool, profiles);
    if (source === undefined) {
      throw new NotFoundError(
        `Nothing of ${tool} was found on this machine.`,
        'Check whether it keeps its files elsewhere.',
      );
    }
    const collected = await this.#collect(source, profiles);
    // A profile of an Identity Center in vault mode is served by our own line, which turning vault mode on writes.
    const wanted = takeOver
      ? collected.takeOvers.filter(({ set }) => modeOf(set['sso_session'] ?? '') !== 'vault')
      : [];
    const edits = wanted.flatMap(({ profile: name, set, remove }) => {
      const profile = profiles.profiles.find((each) => each.name === name);
      const change = { kind: 'set' as const, profile: name, set: { ...set }, remove: [...remove] };
      return profile === undefined
        ? []
        : planSetKeys(profile, change, { isTyped: false, platform: surroundings.platform });
    });
    return { collected, edits, takeOvers: wanted.map(({ profile }) => profile) };
  }

  async #find(tool: ImportTool, profiles: AwsProfiles): Promise<readonly FoundTool[]> {
    try {
      const source = await this.#sourceOf(tool, profiles);
      return source === undefined
        ? []
        : [{ tool, file: source.file, failure: undefined, collected: await this.#collect(source, profiles) }];
    } catch (error) {
      return [{ tool, file: this.#fileOf(tool), failure: toFailure(error), collected: NOTHING_COLLECTED }];
    }
  }

  async #collect(source: Source, profiles: AwsProfiles): Promise<Collected> {
    const book = new SessionBook(profiles.ssoSessions, this.#parts.surroundings.env);
    const collected = await source.collect(book);
    return { ...collected, ssoSessions: book.added, notes: [...book.notes, ...collected.notes] };
  }

  #fileOf(tool: ImportTool): string {
    const { leappFile, grantedFiles, awsSsoFiles, awsVaultKeyDir } = this.#places;
    const files = {
      leapp: leappFile,
      granted: grantedFiles[0],
      'aws-sso-cli': awsSsoFiles[0],
      'aws-vault': awsVaultKeyDir,
    };
    return files[tool] ?? '';
  }

  async #sourceOf(tool: ImportTool, profiles: AwsProfiles): Promise<Source | undefined> {
    const { platform } = this.#parts.surroundings;
    const configFile = this.#parts.files.pathOf('config');
    switch (tool) {
      case 'leapp': {
        const found = await leappText(this.#places.leappFile);
        return (
          found && {
            file: found.file,
            collect: async (book) => collectLeapp(openLeappFile(found.text, await this.#machineId()), book, platform),
          }
        );
      }
      case 'granted': {
        const found = await firstFile(this.#places.grantedFiles);
        const isUsed = found !== undefined || profiles.profiles.some(isGrantedProfile);
        const file = found?.file ?? configFile;
        return isUsed
          ? { file, collect: async (book) => collectGranted(profiles, found?.text ?? '', book) }
          : undefined;
      }
      case 'aws-sso-cli': {
        const found = await firstFile(this.#places.awsSsoFiles);
        return (
          found && {
            file: found.file,
            collect: async (book) => collectAwsSsoCli(parseYamlSubset(found.text), profiles, book, platform),
          }
        );
      }
      case 'aws-vault': {
        const keyNames = await fileNames(this.#places.awsVaultKeyDir);
        const file = keyNames === undefined ? configFile : this.#places.awsVaultKeyDir;
        const isUsed = keyNames !== undefined || usesAwsVault(profiles);
        return isUsed ? { file, collect: async () => collectAwsVault(profiles, keyNames ?? [], platform) } : undefined;
      }
    }
  }

  #machineId(): Promise<string> {
    const { machineId, surroundings, runProgram } = this.#parts;
    return machineId?.() ?? hashedMachineId({ surroundings, runProgram });
  }
}

function setUpOf({ ssoSessions, profiles, marks }: Collected): SetUp {
  return { ssoSessions, profiles, marks, profileSync: [], guardRules: [] };
}
