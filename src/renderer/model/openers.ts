import { parseOpener, type OpenerChoice, type OpenerId } from '../../shared/console-opener.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { displayText } from './display-text.ts';

/** What a choice of where consoles open is called. */
export function openerWords({ kind, browser = '', profile }: OpenerChoice, t: Catalogue): string {
  switch (kind) {
    case 'default':
    case 'multi-session':
      return t.openers[kind];
    case 'browser':
      return profile === undefined ? browser : t.openers.profile(browser, displayText(profile));
    case 'private':
    case 'granted':
    case 'container':
      return t.openers[kind](browser);
  }
}

/** The choices to offer: those of this machine, and the one that is set although it is not there. */
export function offeredOpeners(
  choices: readonly OpenerChoice[],
  chosen: OpenerId,
  t: Catalogue,
): readonly { readonly value: OpenerId; readonly label: string }[] {
  const offered = choices.map((choice) => ({ value: choice.id, label: openerWords(choice, t) }));
  return chosen === '' || offered.some(({ value }) => value === chosen)
    ? offered
    : [...offered, { value: chosen, label: t.openers.gone(bareWords(chosen, t)) }];
}

/** The name of one opener. Until the machine's browsers are known, and where this one is gone, by what its id tells. */
export function openerName(choices: readonly OpenerChoice[], id: OpenerId, t: Catalogue): string {
  const choice = choices.find((each) => each.id === id);
  return choice === undefined ? bareWords(id, t) : openerWords(choice, t);
}

function bareWords(id: OpenerId, t: Catalogue): string {
  const opener = parseOpener(id);
  if (opener === undefined) {
    return displayText(id);
  }
  const named = 'browser' in opener ? opener : { browser: undefined, profile: undefined };
  return openerWords({ id, kind: opener.kind, browser: named.browser, profile: named.profile }, t);
}
