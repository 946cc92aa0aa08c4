import { useState, type JSX } from 'react';
import type { EnrolmentPicture } from '../../shared/member-commands.ts';
import { Button } from '../components/button.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import './enrol.css';

/** The picture an authenticator app scans, and the key to type where there is no camera. Both are secret; neither is copied for the user. */
export function QrPicture({ picture }: { readonly picture: EnrolmentPicture }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const isSandbox = useAppState((state) => state.app.sandbox !== undefined);
  const [shown, setShown] = useState(false);
  const words = t.member.enrol;
  return (
    <div className="qr">
      <svg
        className="qr__picture"
        viewBox={`0 0 ${picture.qrSize} ${picture.qrSize}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={words.qrLabel}
      >
        <path d={picture.qrPath} />
      </svg>
      <div className="qr__words">
        <ol className="qr__steps">
          {[words.phoneSteps.open, words.phoneSteps.scan, words.phoneSteps.type].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        {isSandbox && (
          <Button size="sm" icon="phone" onClick={() => void actions.run('openLink', { link: 'sandbox-phone' })}>
            {words.demoPhone}
          </Button>
        )}
        <Button size="sm" variant="quiet" icon="key" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hideKey : words.showKey}
        </Button>
        {shown && (
          <>
            <p className="qr__note">{words.keyHint}</p>
            <p className="qr__key selectable" data-setup-key>
              {picture.setupKey.match(/.{1,4}/g)?.map((group, at) => (
                // Groups of a key have no identity but their place.
                <span key={at}>{group}</span>
              ))}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
