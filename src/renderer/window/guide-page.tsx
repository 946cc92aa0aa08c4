import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { GuideText, SetupFinding } from '../../shared/member-commands.ts';
import { GuideAction, type GuideWork } from '../member/guide-action.tsx';
import type { GuideFormat } from '../member/guide-document.tsx';
import { GuideNames, type PartitionId } from '../member/guide-names.tsx';
import { GuideStep } from '../member/guide-step.tsx';
import { GUIDE_PANEL_ID, GuideTabs, guideTabId } from '../member/guide-tabs.tsx';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useDevices } from '../member/use-devices.ts';
import { useGuide } from '../member/use-guide.ts';
import { namesFor, usableAnswers, type Answers, type GuideSide } from '../model/guide-answers.ts';
import { likelySide, SIDES, stepStatuses } from '../model/guide-steps.ts';
import { holdsKey, rolesFrom } from '../model/key-profiles.ts';
import { SandboxBanner } from '../popover/sandbox-banner.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useGuideBook } from '../shell/use-books.ts';
import { useText } from '../shell/use-text.ts';
import { Page } from './page.tsx';
import '../member/guide.css';

/** From nothing to safe access, step by step, for each side of the job; the app does and checks what AWS lets it. */
export function GuidePage({ subject }: { readonly subject?: string | undefined }): JSX.Element {
  const { t } = useText();
  const likely = useAppState(likelySide);
  const [chosen, setChosen] = useState<GuideSide | undefined>(SIDES.find((side) => side === subject));
  const side = chosen ?? likely;
  const profiles = useAppState((state) => state.profiles);
  const ssoSessions = useAppState((state) => state.ssoSessions);
  const [own, setOwn] = useState<Answers>({});
  const [partition, setPartition] = useState<PartitionId>('aws');
  const answers = useMemo(() => ({ ...knownAnswers(profiles, ssoSessions), ...own }), [profiles, ssoSessions, own]);
  const addNames = (names: Answers): void => setOwn((before) => ({ ...before, ...names }));
  return (
    <Page reading title={t.window.names.guide} lead={t.guide.lead}>
      <SandboxBanner />
      <GuideTabs side={side} onSide={setChosen} />
      <div id={GUIDE_PANEL_ID} className="guide" role="tabpanel" aria-labelledby={guideTabId(side)}>
        <p className="page__lead">{t.guide.sides[side].text}</p>
        <GuideNames
          side={side}
          answers={answers}
          onAnswer={(name, text) => addNames({ [name]: text })}
          partition={partition}
          onPartition={setPartition}
        />
        <Steps side={side} answers={answers} partition={partition} onNames={addNames} onSide={setChosen} />
      </div>
    </Page>
  );
}

interface StepsProps {
  readonly side: GuideSide;
  readonly answers: Answers;
  readonly partition: PartitionId;
  readonly onNames: (names: Answers) => void;
  readonly onSide: (side: GuideSide) => void;
}

function Steps(props: StepsProps): JSX.Element {
  const { side, answers, partition } = props;
  const state = useAppState((whole) => whole);
  const [format, setFormat] = useState<GuideFormat>('json');
  const [findings, setFindings] = useState<readonly SetupFinding[] | undefined>(undefined);
  const book = useGuideBook();
  const read = useGuide({ side, format, answers: { ...usableAnswers(answers), partition } });
  // In another language it is there when its words are.
  const guide = book === undefined ? undefined : read.guide;
  const show = useShowStep(guide, props.onSide);
  const work = useWork(props, setFindings, show);
  const { keyProfile } = work;
  const steps = guide?.steps ?? [];
  const statuses = stepStatuses(
    steps.map(({ action }) => action),
    state,
    { keyProfile, devices: work.devices.devices, findings },
  );
  return (
    <>
      <FailureNotice failure={read.failure} />
      <ol className="steps">
        {book !== undefined &&
          steps.map((step, at) => (
            <GuideStep
              key={`${side} ${step.id}`}
              book={book}
              side={side}
              step={step}
              number={at + 1}
              status={statuses[at] ?? 'plain'}
              names={namesFor(answers)}
              format={format}
              onFormat={setFormat}
            >
              <GuideAction action={step.action} status={statuses[at] ?? 'plain'} work={work} />
            </GuideStep>
          ))}
      </ol>
    </>
  );
}

/** What the steps' buttons work with; the key last put in here is the one the steps are about. */
function useWork(
  props: StepsProps,
  onFindings: (findings: readonly SetupFinding[] | undefined) => void,
  onShow: (fix: string) => void,
): GuideWork {
  const profiles = useAppState((state) => state.profiles);
  const keyProfiles = useMemo(() => profiles.filter(holdsKey).map(({ name }) => name), [profiles]);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const keyProfile = keyProfiles.find((name) => name === chosen) ?? keyProfiles[0];
  const devices = useDevices(props.side.endsWith('-iam') ? keyProfile : undefined);
  const { userName = '', roleName = '', workAccountId } = usableAnswers(props.answers);
  const choose = (profile: string): void => {
    setChosen(profile);
    onFindings(undefined);
  };
  const isRoleNamed = workAccountId !== undefined && roleName !== '';
  return {
    keyProfile,
    keyProfiles,
    devices,
    userName,
    roleName,
    roleArn: isRoleNamed ? `arn:${props.partition}:iam::${workAccountId}:role/${roleName}` : '',
    onKeyProfile: choose,
    onKeyAdded: ({ profile, accountId, userName: added }) => {
      choose(profile);
      props.onNames({ homeAccountId: accountId, userName: added });
    },
    onFindings,
    onShow,
  };
}

/** Leads to the step that mends something: on this side where it has one, else on the administrator's, as soon as that is drawn. */
function useShowStep(guide: GuideText | undefined, onSide: (side: GuideSide) => void): (fix: string) => void {
  const wanted = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (wanted.current !== undefined && guide !== undefined) {
      showStep(wanted.current);
      wanted.current = undefined;
    }
  }, [guide]);
  return (fix) => {
    if (!showStep(fix)) {
      wanted.current = fix;
      onSide('admin-iam');
    }
  };
}

function showStep(fix: string): boolean {
  const place = document.querySelector<HTMLElement>(`[data-mends~="${CSS.escape(fix)}"]`);
  place?.scrollIntoView({ block: 'start' });
  place?.focus();
  return place !== null;
}

/** What the files say of the reader's names already. */
function knownAnswers(profiles: AppState['profiles'], ssoSessions: AppState['ssoSessions']): Answers {
  const role = profiles.filter(holdsKey).flatMap(({ name }) => rolesFrom(name, profiles))[0];
  const [session] = ssoSessions;
  return {
    ...(role?.accountId === undefined ? {} : { workAccountId: role.accountId }),
    ...(role?.roleName === undefined ? {} : { roleName: role.roleName }),
    ...(session === undefined ? {} : { startUrl: session.startUrl, region: session.region }),
  };
}
