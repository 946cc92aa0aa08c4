import type { JSX } from 'react';
import { Ring } from '../components/ring.tsx';
import { totpWindow } from '../model/totp-window.ts';
import { useNow } from '../shell/use-now.ts';
import { useText } from '../shell/use-text.ts';

/** So little is left that the next code is the better one to type. */
const LAST_SECONDS = 5;

/** How long the code on the device still counts. */
export function CodeWindow(): JSX.Element {
  const { t, format } = useText();
  const { secondsToNext, fractionLeft } = totpWindow(useNow(1_000));
  return (
    <p className="prompt__next">
      <Ring fraction={fractionLeft} urgency={secondsToNext <= LAST_SECONDS ? 'soon' : 'calm'} />
      {t.prompts.nextCode(format.duration(secondsToNext))}
    </p>
  );
}
