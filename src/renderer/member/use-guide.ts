import { useEffect, useState } from 'react';
import type { CommandInput } from '../../shared/commands.ts';
import type { GuideText } from '../../shared/member-commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { useShell } from '../shell/shell-context.tsx';

/** The guide as the core wrote it last; what was there stays while it is written anew. */
export interface GuideView {
  readonly guide: GuideText | undefined;
  readonly failure: Failure | undefined;
}

/** Reads the guide for these answers, and again when they change. */
export function useGuide(input: CommandInput<'readGuide'>): GuideView {
  const { client } = useShell();
  const [view, setView] = useState<GuideView & { readonly side: string }>({
    side: input.side,
    guide: undefined,
    failure: undefined,
  });
  const asked = JSON.stringify(input);
  useEffect(() => {
    let current = true;
    const read = async (): Promise<void> => {
      const { side, ...rest } = JSON.parse(asked) as typeof input;
      const reply = await client.execute('readGuide', { side, ...rest });
      if (current) {
        setView((before) =>
          reply.ok
            ? { side, guide: reply.value, failure: undefined }
            : { side, guide: before.side === side ? before.guide : undefined, failure: reply.failure },
        );
      }
    };
    void read();
    return () => {
      current = false;
    };
  }, [client, asked]);
  // The steps of another side are no stand-in for this one's.
  return view.side === input.side ? view : { guide: undefined, failure: undefined };
}
