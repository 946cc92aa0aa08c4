import type { Client } from '../../shared/client.ts';
import { parsePlace, placeHash } from '../../shared/pages.ts';
import { connectHttpClient, type HttpClientOutcome, type HttpPage } from './http-client.ts';
import { leaveWayBack, takeWayBack } from './way-back.ts';

/** What the page was opened with in the loopback host. */
interface Launch {
  readonly code: string | undefined;
  readonly view: Client['view'];
  /** The fragment of the page to begin at; empty for the first. */
  readonly at: string;
}

/** Reads the fragment of the address: `b` holds the one-shot code, `view` which screen to show, `at` the page of the window. */
export function parseLaunch(hash: string): Launch {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const view = fields.get('view');
  const at = fields.get('at');
  return {
    code: fields.get('b') ?? undefined,
    view: view === 'popover' || view === 'prompt' ? view : 'window',
    at: at === null ? '' : placeHash(parsePlace(at)),
  };
}

/**
 * The client of this page: the one that the preload script left in Electron, else one over HTTP. The fragment with the one-shot
 * code leaves the address, and with it the history, before anything else happens.
 */
export async function chooseClient(window: Window, page: HttpPage): Promise<HttpClientOutcome> {
  if (window.rolecall !== undefined) {
    return { kind: 'client', client: window.rolecall, returnCode: undefined };
  }
  const launch = launchOf(window);
  window.history.replaceState(null, '', window.location.pathname + launch.at);
  const outcome = await connectHttpClient(page, launch.code, launch.view);
  if (outcome.kind === 'client' && outcome.returnCode !== undefined) {
    leaveWayBack(window, `#${new URLSearchParams({ b: outcome.returnCode, view: launch.view }).toString()}`);
  }
  return outcome;
}

/** By the address, or, where the page was there before and is loaded anew, by what it left then and where it was. */
function launchOf(window: Window): Launch {
  const { hash } = window.location;
  const byAddress = parseLaunch(hash);
  const wayBack = takeWayBack(window);
  return byAddress.code !== undefined || wayBack === undefined
    ? byAddress
    : { ...parseLaunch(wayBack), at: hash === '' ? '' : placeHash(parsePlace(hash)) };
}

declare global {
  interface Window {
    /** Set by Electron's preload script. */
    readonly rolecall?: Client;
  }
}
