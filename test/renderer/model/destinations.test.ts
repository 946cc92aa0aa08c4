import { expect, test } from 'vitest';
import { destinationOf, destinationOptions, regionNamed } from '../../../src/renderer/model/destinations.ts';
import { isRegionId, REGIONS, regionsBeside } from '../../../src/shared/regions.ts';
import { CONSOLE_SERVICES } from '../../../src/shared/console-services.ts';
import { PLAIN_SETTINGS } from '../fake-state.ts';

const SETTINGS = {
  ...PLAIN_SETTINGS,
  recentDestinations: ['logs', 's3', 'gone'],
  customDestinations: [{ name: 'Deploys', url: 'https://{region}.console.aws.amazon.com/x?region={region}' }],
};

test('without a query the services opened last come first, then the user’s own, then all others', () => {
  const options = destinationOptions('', SETTINGS, REGIONS);
  expect(options.slice(0, 4).map((option) => option.id)).toEqual([
    'service:logs',
    'service:s3',
    `custom:Deploys:${SETTINGS.customDestinations[0]?.url ?? ''}`,
    'service:home',
  ]);
  expect(options).toHaveLength(CONSOLE_SERVICES.length + 1);
});

test.each([
  ['dyn', 'service:dynamodb'],
  ['depl', `custom:Deploys:${SETTINGS.customDestinations[0]?.url ?? ''}`],
  ['tokyo', 'region:ap-northeast-1'],
  ['東京', 'region:ap-northeast-1'],
  ['eu-cent', 'region:eu-central-1'],
  ['https://console.aws.amazon.com/ec2', 'url:https://console.aws.amazon.com/ec2'],
])('%s offers %s first', (query, id) => {
  expect(destinationOptions(query, SETTINGS, REGIONS)[0]?.id).toBe(id);
});

test('a service and a region in one query lead there at once', () => {
  const found = destinationOptions('s3 tokyo', SETTINGS, REGIONS);
  expect(found[0]).toMatchObject({ kind: 'service', name: 'S3', region: { id: 'ap-northeast-1' } });
  expect(found[0] && destinationOf(found[0])).toBe('s3');
  expect(destinationOptions('东京 lambda', SETTINGS, REGIONS)[0]).toMatchObject({
    name: 'Lambda',
    region: { id: 'ap-northeast-1' },
  });
  expect(destinationOptions('cloudwatch logs', SETTINGS, REGIONS)[0]).toMatchObject({ id: 'service:logs' });
  expect(new Set(destinationOptions('s3 us', SETTINGS, REGIONS).map(({ id }) => id)).size).toBe(
    destinationOptions('s3 us', SETTINGS, REGIONS).length,
  );
});

test('once a region is chosen, Enter leads to the console’s home there, not to what was opened last', () => {
  const ids = destinationOptions('', SETTINGS, REGIONS, true).map((option) => option.id);
  expect(ids.slice(0, 2)).toEqual(['service:home', 'service:logs']);
  expect(ids).toHaveLength(CONSOLE_SERVICES.length + 1);
});

test('what is opened is a service’s id or an address, and nothing for the console’s home', () => {
  const [first] = destinationOptions('dynamo', SETTINGS, REGIONS);
  const [home] = destinationOptions('console home', SETTINGS, REGIONS);
  expect(first && destinationOf(first)).toBe('dynamodb');
  expect(home && destinationOf(home)).toBeUndefined();
});

test('regions are named once in every language, and stay in their partition', () => {
  expect(
    REGIONS.every((region) => isRegionId(region.id) && Object.values(region.names).every((name) => name !== '')),
  ).toBe(true);
  expect(new Set(REGIONS.map((region) => region.id)).size).toBe(REGIONS.length);
  expect(regionNamed('ソウル')?.id).toBe('ap-northeast-2');
  expect(regionNamed('o')).toBeUndefined();
  expect(regionsBeside('cn-north-1').map((region) => region.id)).toEqual(['cn-north-1', 'cn-northwest-1']);
  expect(regionsBeside(undefined)).toEqual(regionsBeside('us-east-1'));
});
