import { useMemo, useState } from 'react';
import type { OpenerId } from '../../shared/console-opener.ts';
import type { SelectOption } from '../components/select.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { destinationOf, destinationOptions, type DestinationOption } from '../model/destinations.ts';
import { regionLabel, regionsBeside } from '../../shared/regions.ts';
import type { ConsoleOptions } from '../shell/actions.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** Ways in which a console can be opened. */
export type ConsoleVia = 'federation' | 'portal' | 'switch-role';

/** The picker of destinations. */
export interface DestinationState {
  readonly query: string;
  readonly options: readonly DestinationOption[];
  readonly activeIndex: number;
  readonly region: string;
  readonly regionOptions: readonly SelectOption<string>[];
  readonly via: ConsoleVia | '';
  readonly viaOptions: readonly SelectOption<ConsoleVia | ''>[];
  readonly opener: OpenerId;
  readonly setOpener: (opener: OpenerId) => void;
  readonly setQuery: (query: string) => void;
  readonly setRegion: (region: string) => void;
  readonly setVia: (via: ConsoleVia | '') => void;
  readonly move: (step: 1 | -1) => void;
  readonly choose: (option: DestinationOption) => void;
  readonly chooseActive: () => void;
  readonly open: () => void;
  readonly copyLink: () => void;
}

/**
 * Keeps what was typed and chosen. Choosing a region by Enter or click keeps the picker open, for the service is still to come; the rest,
 * and the buttons, open at once.
 */
export function useDestination(entry: RoleEntry, onClose: () => void): DestinationState {
  const { actions } = useShell();
  const { t } = useText();
  const settings = useAppState((state) => state.settings);
  const sessionRegion = useAppState(
    (state) => state.ssoSessions.find((session) => session.id === entry.account.ssoSession)?.region,
  );
  const [query, setQueryText] = useState('');
  const [active, setActive] = useState(0);
  const lastRegion = useAppState((state) => state.marks[entry.account.key]?.region);
  const [chosenRegion, setRegion] = useState<string>();
  const region = chosenRegion ?? lastRegion ?? settings.consoleRegion;
  const [homeFirst, setHomeFirst] = useState(false);
  const [opener, setOpener] = useState<OpenerId>('');
  const ways = [{ value: '' as const, label: t.openers.usualWay }, ...viaOptions(entry, t.destination.ways)];
  const [via, setVia] = useState<ConsoleVia | ''>('');

  const regions = regionsBeside(sessionRegion ?? entry.profile?.region);
  const options = useMemo(
    () => destinationOptions(query, settings, regions, homeFirst),
    [query, settings, regions, homeFirst],
  );
  const activeIndex = Math.min(active, options.length - 1);
  const setQuery = (next: string): void => {
    setQueryText(next);
    setActive(0);
  };
  const consoleOptions = (option: DestinationOption | undefined): ConsoleOptions => {
    const destination = option === undefined ? undefined : destinationOf(option);
    const named = option?.kind === 'service' || option?.kind === 'region' ? option.region : undefined;
    const where = named?.id ?? region;
    return {
      ...(via === '' ? {} : { via }),
      ...(destination === undefined ? {} : { destination }),
      ...(where === '' ? {} : { region: where }),
    };
  };
  const choose = (option: DestinationOption | undefined): void => {
    if (option?.kind === 'region') {
      setRegion(option.region.id);
      setHomeFirst(true);
      setQuery('');
      return;
    }
    open(option);
  };
  const open = (option: DestinationOption | undefined): void => {
    onClose();
    const where = consoleOptions(option);
    if (where.region === undefined && lastRegion !== undefined) {
      actions.setMarks(entry.account.key, { region: '' });
    }
    actions.openConsole(entry, { ...where, ...(opener === '' ? {} : { opener }) });
  };
  return {
    query,
    options,
    activeIndex,
    region,
    via,
    opener,
    setOpener,
    setQuery,
    setRegion,
    setVia,
    choose,
    regionOptions: useRegionOptions(regions),
    viaOptions: ways,
    move: (step) => setActive(Math.max(0, Math.min(activeIndex + step, options.length - 1))),
    chooseActive: () => choose(options[activeIndex]),
    open: () => open(options[activeIndex]),
    copyLink() {
      onClose();
      actions.copyConsoleLink(entry, consoleOptions(options[activeIndex]));
    },
  };
}

function useRegionOptions(regions: ReturnType<typeof regionsBeside>): readonly SelectOption<string>[] {
  const { t, language } = useText();
  return [
    { value: '', label: t.destination.anyRegion },
    ...regions.map(({ id }) => ({ value: id, label: regionLabel(id, language) })),
  ];
}

/** A portal opens roles of its own accounts; switching roles needs a role to switch to from a user's own sign-in. */
function viaOptions(
  entry: RoleEntry,
  words: Readonly<Record<ConsoleVia, string>>,
): readonly SelectOption<ConsoleVia>[] {
  const ways: readonly ConsoleVia[] =
    entry.target.kind === 'sso-role' ? ['federation', 'portal'] : ['federation', 'switch-role'];
  return ways.map((value) => ({ value, label: words[value] }));
}
