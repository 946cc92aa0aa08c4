import { useCallback, useEffect, useRef, useState } from 'react';
import type { EnrolmentPicture } from '../../shared/member-commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { useShell } from '../shell/shell-context.tsx';

/** Where an enrolment stands. The picture is secret: it is held here and nowhere else, and dropped with the dialog. */
export type EnrolmentStep =
  | { readonly kind: 'beginning' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'showing'; readonly picture: EnrolmentPicture; readonly failure: Failure | undefined }
  | { readonly kind: 'sending'; readonly picture: EnrolmentPicture }
  | { readonly kind: 'done'; readonly mfaSerial: string };

/** What proves that the device works: two codes, or that Rolecall keeps the seed and makes them. */
export type EnrolmentProof = { readonly firstCode: string; readonly secondCode: string } | 'keep-seed';

/** Begins an enrolment when the view appears, and takes it back when the view goes before it was finished. */
export function useEnrolment(profile: string): {
  readonly step: EnrolmentStep;
  readonly finish: (picture: EnrolmentPicture, proof: EnrolmentProof) => Promise<void>;
} {
  const { client } = useShell();
  const [step, setStep] = useState<EnrolmentStep>({ kind: 'beginning' });
  const open = useRef<string | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    const abandon = (enrolmentId: string): void => void client.execute('abandonMfaEnrolment', { enrolmentId });
    const begin = async (): Promise<void> => {
      const reply = await client.execute('beginMfaEnrolment', { profile });
      if (!reply.ok) {
        setStep({ kind: 'refused', failure: reply.failure });
      } else if (gone) {
        abandon(reply.value.enrolmentId);
      } else {
        open.current = reply.value.enrolmentId;
        setStep({ kind: 'showing', picture: reply.value, failure: undefined });
      }
    };
    void begin();
    return () => {
      gone = true;
      if (open.current !== undefined) {
        abandon(open.current);
        open.current = undefined;
      }
    };
  }, [client, profile]);
  const finish = useCallback(
    async (picture: EnrolmentPicture, proof: EnrolmentProof) => {
      setStep({ kind: 'sending', picture });
      const { enrolmentId, mfaSerial } = picture;
      const reply = await client.execute(
        'finishMfaEnrolment',
        proof === 'keep-seed' ? { enrolmentId, keepSeed: true } : { enrolmentId, keepSeed: false, ...proof },
      );
      if (reply.ok) {
        open.current = undefined;
        setStep({ kind: 'done', mfaSerial });
      } else {
        setStep({ kind: 'showing', picture, failure: reply.failure });
      }
    },
    [client],
  );
  return { step, finish };
}
