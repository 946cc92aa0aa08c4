import type { JSX } from 'react';
import type { ProfileProblem } from '../../shared/app-state.ts';
import { TextLink } from '../components/text-link.tsx';
import { doctorSubject } from '../model/doctor-findings.ts';
import { FindingNotice } from '../popover/finding-notice.tsx';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

const TOOL_NAMES: Readonly<Record<ProfileProblem['tools'][number], string>> = {
  'aws-cli': 'AWS CLI',
  boto3: 'boto3',
  'js-sdk': 'AWS SDK for JavaScript',
  rolecall: 'Rolecall',
};

/** What is wrong, whom it hurts, where it stands, and what to do. */
export function ProblemList(props: {
  readonly problems: readonly ProfileProblem[];
  /** What the doctor is asked about: the profile whose problems these are. */
  readonly profile?: string;
}): JSX.Element {
  const { problems, profile } = props;
  const { t } = useText();
  const { openPage } = useShell();
  return (
    <div className="problems">
      {problems.map((problem) => (
        <FindingNotice
          key={`${problem.code}:${problem.file ?? ''}:${problem.line ?? ''}:${problem.message}`}
          severity={problem.severity}
          finding={{ code: problem.code, title: problem.message, hint: problem.hint }}
          more={
            <>
              {' '}
              {problem.tools.length > 0 &&
                t.profiles.affects(problem.tools.map((tool) => TOOL_NAMES[tool]).join(', '))}{' '}
              {problem.file !== undefined && <bdi className="selectable">{place(problem.file, problem.line)}</bdi>}
            </>
          }
        />
      ))}
      <p>
        <TextLink
          onFollow={() =>
            openPage('doctor', profile === undefined ? undefined : doctorSubject({ kind: 'profile', name: profile }))
          }
        >
          {t.links.doctor}
        </TextLink>
      </p>
    </div>
  );
}

function place(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`;
}
