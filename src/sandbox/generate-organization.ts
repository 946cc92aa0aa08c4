import { partitionOfRegion } from '../core/model/partition.ts';
import { DEMO } from './demo-facts.ts';
import { managed } from './demo-policies.ts';
import type { Account, Organization } from './organization.ts';

const WORDS = [
  'Payments',
  'Orders',
  'Search',
  'Identity',
  'Ledger',
  'Media',
  'Telemetry',
  'Catalog',
  'Shipping',
  'Risk',
];
const STAGES = ['Production', 'Staging', 'Development', 'Sandbox'];

/** Where an organization's Identity Center is. Its region says the partition of all accounts. */
export interface OrganizationPlace {
  readonly startUrl?: string;
  readonly region?: string;
}

/**
 * An organization of any size, for measuring: `accountCount` accounts, each with `roleCount` permission sets, all assigned to one person.
 * The same counts give the same organization.
 */
export function generateOrganization(
  accountCount: number,
  roleCount: number,
  place: OrganizationPlace = {},
): Organization {
  const { startUrl = DEMO.startUrl, region = DEMO.region } = place;
  const partition = partitionOfRegion(region)?.id ?? 'aws';
  const accounts = Array.from({ length: accountCount }, (_, index) => ({ ...generateAccount(index), partition }));
  const names = Array.from({ length: roleCount }, (_, index) => (index === 0 ? 'ReadOnlyAccess' : `Role-${index}`));
  return {
    accounts,
    identityCenters: [
      {
        startUrl,
        region,
        sessionSeconds: 8 * 3600,
        permissionSets: names.map((permissionSetName) => ({
          permissionSetName,
          sessionSeconds: 3600,
          policies: [managed('ReadOnlyAccess')],
        })),
        users: [
          {
            userName: DEMO.portalUser,
            displayName: 'Mika Tanaka',
            emailAddress: 'mika.tanaka@minato-works.example',
            assignments: accounts.flatMap(({ accountId }) =>
              names.map((permissionSetName) => ({ accountId, permissionSetName })),
            ),
          },
        ],
      },
    ],
  };
}

/** Ids step by a prime so that neighbours in the list have ids far apart, as real ones do. */
function generateAccount(index: number): Account {
  const accountId = String(100_000_000_000 + ((index * 7_919_000_033) % 899_999_999_999)).padStart(12, '0');
  const word = WORDS[index % WORDS.length] ?? '';
  const stage = STAGES[Math.floor(index / WORDS.length) % STAGES.length] ?? '';
  const group = Math.floor(index / (WORDS.length * STAGES.length)) + 1;
  const accountName = `${word} ${stage} ${group}`;
  return {
    accountId,
    accountName,
    emailAddress: `aws+${accountName.toLowerCase().replaceAll(' ', '-')}@minato-works.example`,
    buckets: [{ bucketName: `minato-${accountId}`, createdAt: new Date('2025-05-01T00:00:00Z') }],
  };
}
