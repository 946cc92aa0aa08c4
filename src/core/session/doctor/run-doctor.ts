import type { SecretStoreState } from '../../../shared/app-state.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { AwsPaths } from '../../files/aws-paths.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { Surroundings } from '../ports.ts';
import { checkCaches } from './check-caches.ts';
import { checkEnvironment } from './check-environment.ts';
import { checkHelperLines } from './check-helper-lines.ts';
import { checkModes } from './check-modes.ts';
import { checkNetwork, type NetworkProbe } from './check-network.ts';
import { findingOf, type Finding } from './finding.ts';

/** What the doctor looks at. */
export interface DoctorParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  readonly paths: AwsPaths;
  readonly profiles: AwsProfiles;
  readonly secretStore: SecretStoreState;
}

/** Looks at everything, changes nothing. The worst comes first. `offline` leaves the network alone. */
export async function runDoctor(
  parts: DoctorParts,
  options: { readonly offline: boolean; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const { surroundings, network, paths, profiles } = parts;
  const { env, clock, platform, rolecallHome } = surroundings;
  const names = new Set([...profiles.profiles.map(({ name }) => name), 'default']);
  const probes = options.offline ? [] : probesFor(profiles);
  const [modes, online, caches, helpers] = await Promise.all([
    checkModes(guardedPaths(paths, rolecallHome), platform),
    checkNetwork(network, probes, options.signal),
    checkCaches({ dir: paths.ssoCacheDir, clock }, profiles.ssoSessions, network.serverClock.now()),
    checkHelperLines(profiles, platform),
  ]);
  const findings = [
    ...fileFindings(profiles, paths),
    ...checkEnvironment(env, names),
    ...helpers,
    ...modes,
    ...caches,
    ...checkStore(parts.secretStore),
    ...online,
  ];
  return findings.toSorted((one, other) => RANK[one.severity] - RANK[other.severity]);
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

function fileFindings(profiles: AwsProfiles, { configFile, credentialsFile }: AwsPaths): readonly Finding[] {
  const problems = [
    ...profiles.problems,
    ...profiles.ssoSessions.flatMap((session) => session.problems),
    ...profiles.profiles.flatMap((profile) => profile.problems),
  ];
  return problems.map((problem) => findingOf(problem, { config: configFile, credentials: credentialsFile }));
}

function guardedPaths(paths: AwsPaths, rolecallHome: string): Parameters<typeof checkModes>[0] {
  return [
    { path: paths.credentialsFile, kind: 'file' },
    { path: paths.ssoCacheDir, kind: 'folder' },
    { path: paths.cliCacheDir, kind: 'folder' },
    { path: rolecallHome, kind: 'folder' },
  ];
}

/** Each Identity Center's two hosts, and STS where the profiles assume roles. */
function probesFor(profiles: AwsProfiles): readonly NetworkProbe[] {
  const regions = new Set(profiles.ssoSessions.flatMap(({ ssoRegion }) => ssoRegion ?? []));
  const stsRegions = new Set(
    profiles.profiles.filter(({ roleArn }) => roleArn !== undefined).map(({ region }) => region ?? 'us-east-1'),
  );
  return [
    ...[...regions].flatMap((region): NetworkProbe[] => [
      { service: 'sso-oidc', region },
      { service: 'sso', region },
    ]),
    ...[...stsRegions].map((region): NetworkProbe => ({ service: 'sts', region })),
  ];
}

function checkStore(store: SecretStoreState): readonly Finding[] {
  if (store.state === 'ready' && store.backend !== 'none') {
    return [];
  }
  return [
    {
      id: `secret-store:${store.state}`,
      severity: store.state === 'missing' ? 'info' : 'warning',
      title: store.message,
      why: 'Long-term keys, authenticator seeds and vault sign-ins are kept there.',
      hint: store.hint,
    },
  ];
}
