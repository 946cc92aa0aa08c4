import type { FilePreview } from '../../../shared/commands.ts';
import type { Caller } from '../core.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type ProfileCommand = 'protectProfile' | 'unprotectProfile';

/** Commands about profiles of `~/.aws`. */
export function profileHandlers(context: HandlerContext): HandlersOf<ProfileCommand> {
  const { protection } = context.services;
  return {
    protectProfile: ({ profile, preview = false }, caller) =>
      change(context, profile, preview, caller, () => protection.protect(profile, { preview })),
    unprotectProfile: ({ profile, preview = false }, caller) =>
      change(context, profile, preview, caller, () => protection.unprotect(profile, { preview })),
  };
}

async function change(
  { files, record }: HandlerContext,
  profile: string,
  preview: boolean,
  { asker }: Caller,
  action: () => Promise<readonly FilePreview[]>,
): Promise<{ readonly previews: readonly FilePreview[] }> {
  const previews = await action();
  if (!preview) {
    const target = { kind: 'profile', profile } as const;
    record({ asker, what: 'protect', target, ssoSession: undefined, format: undefined, outcome: 'ok', detail: '' });
    await files.load();
  }
  return { previews };
}
