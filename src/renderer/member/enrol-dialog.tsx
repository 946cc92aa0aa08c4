import { useState, type JSX } from 'react';
import type { EnrolmentPicture } from '../../shared/member-commands.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Notice } from '../components/notice.tsx';
import { displayText, isolated } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { QrPicture } from './qr-picture.tsx';
import { TwoCodes } from './two-codes.tsx';
import { useEnrolment, type EnrolmentProof, type EnrolmentStep } from './use-enrolment.ts';
import './member.css';

type Way = 'phone' | 'here';

/** Makes a virtual MFA device and gives it to the user: on the phone, or kept by Rolecall. Closed before the end, nothing is left behind. */
export function EnrolDialog(props: {
  readonly profile: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useText();
  const { step, finish } = useEnrolment(props.profile);
  const [way, setWay] = useState<Way>('phone');
  const words = t.member.enrol;
  const end = (): void => {
    props.onDone();
    props.onClose();
  };
  return (
    <Dialog
      size="wide"
      title={words.title(isolated(props.profile))}
      onClose={step.kind === 'done' ? end : props.onClose}
      foot={<Foot step={step} way={way} onFinish={finish} onEnd={end} onClose={props.onClose} />}
    >
      <Body step={step} way={way} onWay={setWay} onFinish={finish} />
    </Dialog>
  );
}

type Finish = (picture: EnrolmentPicture, proof: EnrolmentProof) => Promise<void>;

function Body(props: {
  readonly step: EnrolmentStep;
  readonly way: Way;
  readonly onWay: (way: Way) => void;
  readonly onFinish: Finish;
}): JSX.Element {
  const { t } = useText();
  const { step, way } = props;
  const words = t.member.enrol;
  switch (step.kind) {
    case 'beginning':
      return (
        <p className="member__lead" role="status">
          {words.beginning}
        </p>
      );
    case 'refused':
      return <FailureNotice failure={step.failure} />;
    case 'done':
      return (
        <div role="status">
          <Notice severity="ok" message={words.done} hint={<bdi>{displayText(step.mfaSerial)}</bdi>} />
        </div>
      );
    case 'showing':
    case 'sending':
      return (
        <>
          <ChoiceCards
            label={words.way}
            value={way}
            onChange={props.onWay}
            choices={[
              { value: 'phone', title: words.ways.phone.title, text: words.ways.phone.text },
              { value: 'here', title: words.ways.here.title, text: words.ways.here.text },
            ]}
          />
          {way === 'phone' ? (
            <ByPhone step={step} onFinish={props.onFinish} />
          ) : (
            <Notice severity="warning" message={words.risk} hint={words.riskHint} />
          )}
          {step.kind === 'showing' && <FailureNotice failure={step.failure} />}
        </>
      );
  }
}

function ByPhone(props: {
  readonly step: Extract<EnrolmentStep, { kind: 'showing' | 'sending' }>;
  readonly onFinish: Finish;
}): JSX.Element {
  const { step } = props;
  // After a refusal both codes are asked for again: AWS takes none twice.
  const [tries, setTries] = useState(0);
  return (
    <>
      <QrPicture picture={step.picture} />
      <TwoCodes
        key={tries}
        busy={step.kind === 'sending'}
        onCodes={(firstCode, secondCode) =>
          void props.onFinish(step.picture, { firstCode, secondCode }).then(() => setTries((before) => before + 1))
        }
      />
    </>
  );
}

function Foot(props: {
  readonly step: EnrolmentStep;
  readonly way: Way;
  readonly onFinish: Finish;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useText();
  const { step, way } = props;
  if (step.kind === 'done') {
    return (
      <Button variant="primary" autoFocus onClick={props.onEnd}>
        {t.member.enrol.end}
      </Button>
    );
  }
  const open = step.kind === 'showing' || step.kind === 'sending' ? step : undefined;
  return (
    <>
      <Button onClick={props.onClose}>{t.common.cancel}</Button>
      {way === 'here' && open !== undefined && (
        <Button
          variant="primary"
          busy={open.kind === 'sending'}
          onClick={() => void props.onFinish(open.picture, 'keep-seed')}
        >
          {t.member.enrol.keepHere}
        </Button>
      )}
    </>
  );
}
