import { guideDocument } from '../../src/core/session/guide/guide-documents.ts';
import { guideFacts } from '../../src/core/session/guide/guide-facts.ts';
import { guideSteps } from '../../src/core/session/guide/guide-steps.ts';
import type { CommandInput, CommandResult } from '../../src/shared/commands.ts';

/** The guide as the core writes it. */
export function fakeGuide({ side, format, answers }: CommandInput<'readGuide'>): CommandResult<'readGuide'> {
  const facts = guideFacts(answers);
  const steps = guideSteps(side, facts).map((step) => ({
    ...step,
    documents: step.documents.map((id) => guideDocument(id, format, facts)),
  }));
  return { missing: facts.missing, steps };
}

/** A device as AWS lists it. */
export const FAKE_DEVICES: CommandResult<'listMfaDevices'> = {
  devices: [
    {
      mfaSerial: 'arn:aws:iam::767676767676:mfa/ada-phone',
      deviceName: 'ada-phone',
      enabledAt: '2026-03-02T09:00:00Z',
      hasSeedHere: false,
    },
  ],
};

/** A device just made; the picture is of nothing. */
export const FAKE_PICTURE: CommandResult<'beginMfaEnrolment'> = {
  enrolmentId: 'enrolment-1',
  mfaSerial: 'arn:aws:iam::767676767676:mfa/assume-only',
  deviceName: 'assume-only',
  qrSize: 3,
  qrPath: 'M0 0h1v1h-1z M2 2h1v1h-1z',
  setupKey: 'ABCDEFGHIJKLMNOP',
};

/** What a check finds, one of each verdict. */
export const FAKE_FINDINGS: CommandResult<'checkSetup'> = {
  findings: [
    { id: 'identity', verdict: 'good', title: 'The key works', detail: 'It belongs to the user ada.', fix: undefined },
    {
      id: 'role-needs-mfa arn:aws:iam::898989898989:role/OrganizationAdmin',
      verdict: 'bad',
      title: 'OrganizationAdmin in 898989898989 can be assumed without MFA',
      detail: 'Whoever has the access key has the role.',
      fix: 'role',
    },
    {
      id: 'storage',
      verdict: 'warning',
      title: 'The key is in plain text in a file',
      detail: 'Every program you run can read it.',
      fix: 'protect-profile',
    },
    { id: 'key-age', verdict: 'unknown', title: 'How old the key is', detail: 'AWS does not say.', fix: undefined },
  ],
};
