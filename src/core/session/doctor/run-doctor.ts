import type { SecretStoreState } from '../../../shared/app-state.ts';
import type { DoctorArea } from '../../../shared/doctor-areas.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { AwsPaths } from '../../files/aws-paths.ts';
import { readAwsProfiles } from '../../files/effective-profiles.ts';
import { readAwsFileTexts, type AwsFileTexts } from '../../files/load-aws-profiles.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { VaultSessions } from '../profiles/vault-sessions.ts';
import type { Surroundings } from '../ports.ts';
import { checkCaches } from './check-caches.ts';
import { checkEnvironment } from './check-environment.ts';
import { checkHelperLines } from './check-helper-lines.ts';
import { checkModes, type GuardedPath } from './check-modes.ts';
import { checkNetwork, type NetworkProbe } from './check-network.ts';
import { checkRegions } from './check-regions.ts';
import { checkShadowing } from './check-shadowing.ts';
import { checkSsoSessions } from './check-sso-sessions.ts';
import { checkStore } from './check-store.ts';
import { checkTrust, stopsAllCalls } from './check-trust.ts';
import { checkVault } from './check-vault.ts';
import { findingOf, type Finding, type PlacedFinding } from './finding.ts';
import { toolViews, type ToolView } from './tool-views.ts';

/** What the doctor looks at. */
export interface DoctorParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  readonly paths: AwsPaths;
  /** What our own `credential_process` lines are to name. */
  readonly helperPath: string;
  readonly vaultSessions: VaultSessions;
  readonly secretStore: () => SecretStoreState;
}

/** How to look. `offline` leaves the network alone. */
export interface DoctorOptions {
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

/** What the doctor found, the worst first, and what each family of tools makes of the profiles. */
export interface DoctorReport {
  readonly findings: readonly PlacedFinding[];
  readonly views: readonly ToolView[];
}

const RANK = { error: 0, warning: 1, info: 2 } as const;
const MOST_PROBES = 16;

/** Looks at everything, changes nothing. Throws the signal's reason, and nothing else. */
export async function runDoctor(parts: DoctorParts, options: DoctorOptions): Promise<DoctorReport> {
  const { surroundings, network, paths } = parts;
  const texts = await readAwsFileTexts(paths);
  const profiles = readAwsProfiles(texts.config, texts.credentials);
  const trust = await checkTrust(surroundings.env, profiles);
  // First, as it tells what time it is at AWS. With authorities that cannot be read every host would be told for the same reason.
  const probes = options.offline || trust.some(stopsAllCalls) ? [] : probesFor(profiles, surroundings.env);
  const online = await checkNetwork(network, probes, options.signal);
  const findings = [
    ...inArea('files', checkFiles(parts, texts, profiles)),
    ...(await checkMachine(parts, profiles)),
    ...inArea('network', [...trust, ...online]),
  ];
  return {
    findings: findings.toSorted((one, other) => RANK[one.severity] - RANK[other.severity]),
    views: toolViews({ ...profiles, problems: [...texts.problems, ...profiles.problems] }),
  };
}

/** What the two files say, by themselves and together. */
function checkFiles(
  { surroundings: { env }, paths }: DoctorParts,
  texts: AwsFileTexts,
  profiles: AwsProfiles,
): readonly Finding[] {
  return [
    ...fileFindings(profiles, texts, paths),
    ...checkShadowing(texts, paths.credentialsFile),
    ...checkSsoSessions(profiles.ssoSessions, paths),
    ...checkRegions(profiles, env),
  ];
}

/** What stands around the files: environment, caches, modes, the secret store, our own program. */
async function checkMachine(parts: DoctorParts, profiles: AwsProfiles): Promise<readonly PlacedFinding[]> {
  const { surroundings, network, paths, vaultSessions, helperPath } = parts;
  const { env, clock, platform, rolecallHome } = surroundings;
  const names = new Set(['default', ...profiles.profiles.map(({ name }) => name)]);
  const awsNow = network.serverClock.now();
  const [caches, modes, vault, helper] = await Promise.all([
    checkCaches({ paths, clock, awsNow, ssoSessions: profiles.ssoSessions }),
    checkModes(guardedPaths(paths, rolecallHome), platform),
    checkVault({ sessions: vaultSessions, cache: { dir: paths.ssoCacheDir, clock }, profiles, platform }),
    checkHelperLines(profiles, platform, helperPath),
  ]);
  const store = checkStore(parts.secretStore(), dependsOnStore(profiles, vaultSessions));
  return [
    ...inArea('environment', checkEnvironment(env, { ...paths, profileNames: names })),
    ...inArea('caches', caches),
    ...inArea('modes', modes),
    ...inArea('secrets', [...vault, ...store]),
    ...inArea('helper', helper),
  ];
}

function inArea(area: DoctorArea, findings: readonly Finding[]): readonly PlacedFinding[] {
  return findings.map((finding) => ({ ...finding, area }));
}

/** Problems of Identity Centers are among those of the files. */
function fileFindings(profiles: AwsProfiles, texts: AwsFileTexts, paths: AwsPaths): readonly Finding[] {
  const problems = [
    ...texts.problems,
    ...profiles.problems,
    ...profiles.profiles.flatMap((profile) => profile.problems),
  ];
  return problems.map((problem) =>
    findingOf(problem, { config: paths.configFile, credentials: paths.credentialsFile }),
  );
}

function guardedPaths(paths: AwsPaths, rolecallHome: string): readonly GuardedPath[] {
  return [
    { path: paths.credentialsFile, kind: 'file', holds: 'secret' },
    { path: paths.configFile, kind: 'file', holds: 'trusted' },
    { path: paths.ssoCacheDir, kind: 'folder', holds: 'secret' },
    { path: paths.cliCacheDir, kind: 'folder', holds: 'secret' },
    { path: paths.loginCacheDir, kind: 'folder', holds: 'secret' },
    { path: rolecallHome, kind: 'folder', holds: 'secret' },
  ];
}

/** Each Identity Center's two hosts, and STS where the profiles assume roles; STS alone where there is nothing yet. */
export function probesFor(profiles: AwsProfiles, env: Surroundings['env']): readonly NetworkProbe[] {
  const own = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1';
  const regions = new Set(profiles.ssoSessions.flatMap(({ ssoRegion }) => ssoRegion ?? []));
  const stsRegions = new Set(
    profiles.profiles.filter(({ roleArn }) => roleArn !== undefined).map(({ region }) => region ?? own),
  );
  const probes = [
    ...[...regions].flatMap((region): NetworkProbe[] => [
      { service: 'sso-oidc', region },
      { service: 'sso', region },
    ]),
    ...[...stsRegions].map((region): NetworkProbe => ({ service: 'sts', region })),
  ];
  return probes.length === 0 ? [{ service: 'sts', region: own }] : probes.slice(0, MOST_PROBES);
}

function dependsOnStore({ ssoSessions, profiles }: AwsProfiles, vaultSessions: VaultSessions): boolean {
  return (
    ssoSessions.some(({ name }) => vaultSessions.modeOf(name) === 'vault') ||
    profiles.some(({ keys }) => keys.has('rolecall_key'))
  );
}
