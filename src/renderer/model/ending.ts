import type { Ending } from '../../shared/app-state.ts';
import type { Text } from '../i18n/text.ts';
import { displayText, isolated } from './display-text.ts';
import { timeLeft } from './expiry.ts';

/** What ends soon, in the language of the screen and with the time that is left now; undefined for other notices. */
export function endingWords(
  ending: Ending | undefined,
  { t, format }: Text,
  nowMs: number,
): { readonly message: string; readonly hint: string } | undefined {
  if (ending === undefined) {
    return undefined;
  }
  const left = timeLeft(ending.endsAt, nowMs);
  const span = format.duration(left.kind === 'left' ? left.seconds : 0);
  const say = ending.what === 'sign-in' ? t.ends.signIn : t.ends.role;
  return { message: say(isolated(displayText(ending.name)), span), hint: t.ends.needs[ending.needs] };
}
