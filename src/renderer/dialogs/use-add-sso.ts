import { useEffect, useState } from 'react';
import { failureText } from '../i18n/text.ts';
import { isRegionId, REGIONS } from '../../shared/regions.ts';
import { looksLikeStartUrl } from '../model/start-url.ts';
import { isSessionName, suggestSessionName } from '../model/suggest-session-name.ts';
import { createCell, type Cell } from '../state/cell.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** The form of a new Identity Center. */
export interface AddSsoState {
  readonly startUrl: string;
  readonly region: string;
  readonly name: string;
  readonly busy: boolean;
  /** Where the region came from, or that it is being looked for. */
  readonly regionHint: string;
  readonly errors: { readonly startUrl?: string; readonly region?: string; readonly name?: string };
  /** Why the core did not take it. */
  readonly refused: string | undefined;
  readonly setStartUrl: (text: string) => void;
  readonly setRegion: (text: string) => void;
  readonly setName: (text: string) => void;
  readonly submit: () => void;
}

/** What was typed so far. */
export interface AddSsoDraft {
  readonly startUrl: string;
  readonly region: string;
  /** Undefined as long as the suggested one will do. */
  readonly name: string | undefined;
}

type Detection =
  { readonly kind: 'idle' | 'looking' | 'not-found' } | { readonly kind: 'found'; readonly region: string };

/**
 * Keeps the form. The region is looked for as soon as the start URL is whole, and the name suggested from it, both until the user
 * says otherwise. What is typed outlives the form where it is `kept`.
 */
export function useAddSso(
  start: Omit<AddSsoDraft, 'name'> & { readonly taken: readonly string[] },
  kept: Cell<AddSsoDraft | undefined> | undefined,
  onDone: (() => void) | undefined,
): AddSsoState {
  const shell = useShell();
  const text = useText();
  const { t, language } = text;
  const [own] = useState(() => createCell<AddSsoDraft | undefined>(undefined));
  const cell = kept ?? own;
  const { startUrl, region: ownRegion, name: ownName } = useCell(cell) ?? { ...start, name: undefined };
  const type = (typed: Partial<AddSsoDraft>): void =>
    cell.set({ startUrl, region: ownRegion, name: ownName, ...typed });
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const detection = useDetectedRegion(startUrl, ownRegion);

  const region = ownRegion !== '' || detection.kind !== 'found' ? ownRegion : detection.region;
  const name = ownName ?? suggestSessionName(startUrl.trim(), start.taken);
  const errors = {
    ...(looksLikeStartUrl(startUrl)
      ? {}
      : { startUrl: startUrl.trim() === '' ? t.addSso.startUrlMissing : t.addSso.startUrlWrong }),
    ...(isRegionId(region) ? {} : { region: region === '' ? t.addSso.regionMissing : t.addSso.regionWrong }),
    ...(!isSessionName(name)
      ? { name: t.addSso.nameWrong }
      : start.taken.includes(name)
        ? { name: t.addSso.nameTaken }
        : {}),
  };
  const known = REGIONS.find((candidate) => candidate.id === region)?.names[language] ?? '';
  const submit = async (): Promise<void> => {
    setBusy(true);
    const reply = await shell.client.execute('addSsoSession', { startUrl: startUrl.trim(), region, name });
    setBusy(false);
    if (!reply.ok) {
      const { message, hint, core } = failureText(text, reply.failure);
      setRefused([message, hint, core].filter(Boolean).join(' '));
      return;
    }
    cell.set(undefined);
    shell.actions.signIn(reply.value.ssoSession);
    onDone?.();
  };
  return {
    startUrl,
    region,
    name,
    busy,
    errors,
    refused,
    regionHint:
      detection.kind === 'looking'
        ? t.addSso.regionLooking
        : detection.kind === 'found' && ownRegion === ''
          ? t.addSso.regionFound(known)
          : known || t.addSso.regionHint,
    setStartUrl(next) {
      type({ startUrl: next });
      setRefused(undefined);
    },
    setRegion: (next) => type({ region: next.trim() }),
    setName: (next) => type({ name: next.trim() }),
    submit: () => {
      if (Object.keys(errors).length === 0) {
        void submit();
      }
    },
  };
}

/** Asks the core for the region of a start URL that is whole, once per URL. */
function useDetectedRegion(startUrl: string, ownRegion: string): Detection {
  const { client } = useShell();
  const wanted = ownRegion === '' && looksLikeStartUrl(startUrl) ? startUrl.trim() : undefined;
  const [answer, setAnswer] = useState<{ readonly startUrl: string; readonly detection: Detection } | undefined>(
    undefined,
  );
  useEffect(() => {
    if (wanted === undefined) {
      return undefined;
    }
    let current = true;
    // A pause, so that an address typed by hand is asked for once and not at every letter.
    const look = async (): Promise<void> => {
      const reply = await client.execute('detectRegion', { startUrl: wanted });
      if (current) {
        setAnswer({
          startUrl: wanted,
          detection: reply.ok ? { kind: 'found', region: reply.value.region } : { kind: 'not-found' },
        });
      }
    };
    const timer = setTimeout(() => void look(), TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, wanted]);
  if (wanted === undefined) {
    return { kind: 'idle' };
  }
  return answer?.startUrl === wanted ? answer.detection : { kind: 'looking' };
}

const TYPING_PAUSE_MS = 350;
