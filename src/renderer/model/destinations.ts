import { CONSOLE_SERVICES } from '../../shared/console-services.ts';
import type { Settings } from '../../shared/settings.ts';
import { foldText } from '../../shared/fold-text.ts';
import { matchWord, searchText } from './match-word.ts';
import { REGIONS, type Region } from '../../shared/regions.ts';
import { queryWords } from './search-access.ts';

/** Something to choose in the picker of destinations. */
export type DestinationOption =
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly name: string;
      readonly recent: boolean;
      /** Named in the query beside the service. */
      readonly region?: Region;
    }
  | { readonly kind: 'custom'; readonly id: string; readonly name: string; readonly url: string }
  | { readonly kind: 'url'; readonly id: string; readonly url: string }
  | { readonly kind: 'region'; readonly id: string; readonly region: Region };

/** Whether a text is meant as the address of a console page; whether it may be opened is decided by the core. */
export function isAddress(text: string): boolean {
  return /^https:\/\/\S+\.\S+/i.test(text.trim());
}

/**
 * What fits the text in the field: an address as it is, else services, the user's own destinations and regions; a service and a
 * region together (`s3 tokyo`) lead there at once. Without a text: those opened last, the user's own, then every service; the
 * console's home before all where a region was just chosen.
 */
export function destinationOptions(
  query: string,
  settings: Settings,
  regions: readonly Region[],
  homeFirst = false,
): readonly DestinationOption[] {
  const trimmed = query.trim();
  if (isAddress(trimmed)) {
    return [{ kind: 'url', id: `url:${trimmed}`, url: trimmed }];
  }
  const known = [
    ...recentServices(settings.recentDestinations),
    ...customOptions(settings),
    ...otherServices(settings.recentDestinations),
  ];
  const words = queryWords(trimmed);
  if (words.length === 0) {
    return homeFirst ? [...known].sort((a, b) => Number(isHome(b)) - Number(isHome(a))) : known;
  }
  const regionOptions = regions.map((region): DestinationOption => ({
    kind: 'region',
    id: `region:${region.id}`,
    region,
  }));
  return [...rank([...known, ...regionOptions], words), ...servicesInRegion(known, regions, words)];
}

function isHome(option: DestinationOption): boolean {
  return option.id === 'service:home';
}

/** Where some words name a region and the others a service. */
function servicesInRegion(
  known: readonly DestinationOption[],
  regions: readonly Region[],
  words: readonly string[],
): readonly DestinationOption[] {
  return regions.flatMap((region) => {
    const option: DestinationOption = { kind: 'region', id: region.id, region };
    const others = words.filter((word) => !LONG_ENOUGH.test(word) || scoreOption(option, [word]) === 0);
    return others.length === 0 || others.length === words.length
      ? []
      : rank(known, others).flatMap((service) =>
          service.kind === 'service' ? [{ ...service, id: `${service.id}:${region.id}`, region }] : [],
        );
  });
}

/** Fewer Latin letters name too many places. */
const LONG_ENOUGH = /.{3}|[^\x20-\x7e]/;

/** What `openConsole` takes for an option; undefined where the option only chooses the region. */
export function destinationOf(option: DestinationOption): string | undefined {
  switch (option.kind) {
    case 'service':
      return option.name === 'Console Home' ? undefined : serviceId(option);
    case 'custom':
    case 'url':
      return option.url;
    case 'region':
      return undefined;
  }
}

function serviceId({ id }: DestinationOption): string {
  return id.split(':')[1] ?? '';
}

function recentServices(recent: readonly string[]): readonly DestinationOption[] {
  return recent.flatMap((id) => {
    const service = CONSOLE_SERVICES.find((candidate) => candidate.id === id);
    return service === undefined
      ? []
      : [{ kind: 'service', id: `service:${id}`, name: service.name, recent: true } as const];
  });
}

function otherServices(recent: readonly string[]): readonly DestinationOption[] {
  return CONSOLE_SERVICES.filter((service) => !recent.includes(service.id)).map((service) => ({
    kind: 'service',
    id: `service:${service.id}`,
    name: service.name,
    recent: false,
  }));
}

function customOptions(settings: Settings): readonly DestinationOption[] {
  return settings.customDestinations.map(({ name, url }) => ({
    kind: 'custom',
    id: `custom:${name}:${url}`,
    name,
    url,
  }));
}

function rank(options: readonly DestinationOption[], words: readonly string[]): readonly DestinationOption[] {
  return options
    .map((option) => ({ option, score: scoreOption(option, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ option }) => option);
}

function scoreOption(option: DestinationOption, words: readonly string[]): number {
  const texts = optionTexts(option).map((text) => searchText(text));
  const scores = words.map((word) => Math.max(...texts.map((text) => matchWord(text, word))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function optionTexts(option: DestinationOption): readonly string[] {
  switch (option.kind) {
    case 'service':
      return [option.name, serviceId(option)];
    case 'custom':
      return [option.name, option.url];
    case 'url':
      return [option.url];
    case 'region':
      return [option.region.id, ...Object.values(option.region.names)];
  }
}

/** The region that a query names outright (`tokyo`, `東京`, `ap-northeast-1`), if exactly one does. */
export function regionNamed(query: string): Region | undefined {
  const folded = foldText(query.trim());
  const named = REGIONS.filter((region) =>
    [region.id, ...Object.values(region.names)].some((name) => foldText(name) === folded),
  );
  return named.length === 1 ? named[0] : undefined;
}
