import type { Env } from '../../aws/endpoints.ts';
import { isSafeProfileName, profileNameSlug } from '../../files/profile-name.ts';
import { BadInputError } from '../../model/errors.ts';
import { partitionOfRegion } from '../../model/partition.ts';
import type { SsoSessionConfig } from '../../model/profile.ts';
import type { SetUp } from '../profiles/set-up.ts';
import { parseStartUrl } from '../sso/start-url.ts';

type NewSession = SetUp['ssoSessions'][number];

/**
 * The Identity Centers that another tool names, under the names they have here: one whose start URL is here already keeps its own name, a new
 * one gets the tool's where that is free.
 */
export class SessionBook {
  readonly #here: readonly SsoSessionConfig[];
  readonly #env: Env;
  readonly #added: NewSession[] = [];
  readonly #notes = new Set<string>();

  constructor(here: readonly SsoSessionConfig[], env: Env) {
    this.#here = here.filter(({ kind }) => kind === 'named');
    this.#env = env;
  }

  /** Those that are not here yet, as far as they were named. */
  get added(): NewSession[] {
    return [...this.#added];
  }

  /** Why some cannot be taken along. */
  get notes(): readonly string[] {
    return [...this.#notes];
  }

  /** The name to use for it here; undefined where it cannot be taken along. */
  nameOf(wanted: string, startUrl: string, region: string | undefined): string | undefined {
    const url = this.#portalOf(wanted, startUrl);
    if (url === undefined) {
      return undefined;
    }
    const known =
      this.#here.find((session) => session.startUrl !== undefined && plain(session.startUrl) === plain(url)) ??
      this.#added.find((session) => plain(session.startUrl) === plain(url));
    return known?.name ?? this.#add(wanted, url, region);
  }

  #add(wanted: string, startUrl: string, region: string | undefined): string | undefined {
    if (region === undefined || partitionOfRegion(region) === undefined) {
      this.#notes.add(`The Identity Center ${shown(wanted)} is left out: its region is not known.`);
      return undefined;
    }
    const name = this.#freeName([profileNameSlug(wanted), nameFromUrl(startUrl)]);
    this.#added.push({ name, startUrl, region, scopes: [] });
    return name;
  }

  #portalOf(wanted: string, startUrl: string): string | undefined {
    try {
      const { kind, url } = parseStartUrl(startUrl, this.#env);
      if (kind !== 'own-domain') {
        return url;
      }
    } catch (error) {
      if (!(error instanceof BadInputError)) {
        throw error;
      }
    }
    this.#notes.add(
      `The Identity Center ${shown(wanted)} is left out: its start URL is not one of AWS's own. Add it by hand if you know it.`,
    );
    return undefined;
  }

  #freeName(wishes: readonly string[]): string {
    const base = wishes.find(isSafeProfileName) ?? 'imported';
    const taken = new Set([...this.#here, ...this.#added].map(({ name }) => name.toLowerCase()));
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base.slice(0, 60)}-${number}`;
      if (!taken.has(name.toLowerCase())) {
        return name;
      }
    }
  }
}

/** `acme` of https://acme.awsapps.com/start. */
export function nameFromUrl(startUrl: string): string {
  const host = URL.canParse(startUrl) ? new URL(startUrl).hostname : '';
  return profileNameSlug(host.split('.')[0] ?? '');
}

/** A slash or `#/` at the end does not make another portal. */
function plain(url: string): string {
  return url.replace(/[#/]+$/, '');
}

/** What a foreign file calls something, fit for one line of ours. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ').slice(0, 80);
}
