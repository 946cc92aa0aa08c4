import type { ProfileProblem } from '../model/profile.ts';
import { botocoreKind } from './profile-kind.ts';
import type { ProfileDraft } from './profile-sections.ts';

/** Where following `source_profile` from a profile ends. `at` is the profile that names what is missing, or lacks credentials. */
export type SourceChainEnd =
  | { readonly kind: 'ok' }
  | { readonly kind: 'missing'; readonly at: string; readonly source: string }
  | { readonly kind: 'loop'; readonly names: readonly string[] }
  | { readonly kind: 'empty'; readonly at: string };

type Drafts = ReadonlyMap<string, ProfileDraft>;

/**
 * Follows every `source_profile` as botocore does; profiles without one are not in the answer. A source that holds access keys ends the chain, also when it is the
 * profile itself. Each profile is walked once, however long the chains are.
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/credentials.py (`_validate_source_profile`)
 */
export function sourceChainEnds(drafts: Drafts): ReadonlyMap<string, SourceChainEnd> {
  const ends = new Map<string, SourceChainEnd>();
  for (const [name, { keys }] of drafts) {
    if (!keys.has('source_profile')) {
      continue;
    }
    const path: string[] = [];
    const onPath = new Set<string>();
    let current = name;
    let end = ends.get(current);
    while (end === undefined) {
      path.push(current);
      onPath.add(current);
      const step = nextSource(drafts, current, onPath, path);
      end = typeof step === 'string' ? ends.get(step) : step;
      current = typeof step === 'string' ? step : current;
    }
    for (const visited of path) {
      ends.set(visited, end);
    }
  }
  return ends;
}

/** The next profile to look at, or how the chain ends here. */
function nextSource(
  drafts: Drafts,
  name: string,
  onPath: ReadonlySet<string>,
  path: readonly string[],
): string | SourceChainEnd {
  const draft = drafts.get(name);
  const source = draft?.keys.get('source_profile')?.value;
  if (draft === undefined || source === undefined || botocoreKind(draft.keys) !== 'assume-role') {
    return { kind: 'ok' };
  }
  const target = drafts.get(source);
  if (target === undefined) {
    return { kind: 'missing', at: name, source };
  }
  if (hasStaticKey(target)) {
    return { kind: 'ok' };
  }
  if (onPath.has(source)) {
    return { kind: 'loop', names: [...path.slice(path.indexOf(source)), source] };
  }
  return botocoreKind(target.keys) === 'empty' ? { kind: 'empty', at: source } : source;
}

/** The problem of a profile whose chain does not end well. */
export function sourceChainProblem(
  draft: ProfileDraft,
  end: SourceChainEnd,
  misplaced: ReadonlySet<string>,
): ProfileProblem | undefined {
  const key = draft.keys.get('source_profile');
  if (end.kind === 'ok' || key === undefined) {
    return undefined;
  }
  const common = {
    severity: 'error',
    tools: ['aws-cli', 'js-sdk'],
    profile: draft.name,
    file: key.file,
    line: key.line,
    key: 'source_profile',
  } as const;
  switch (end.kind) {
    case 'missing':
      return {
        ...common,
        code: 'source-profile-missing',
        message: `source_profile names "${end.source}"${via(draft, end.at)}, and there is no such profile.`,
        hint: misplaced.has(end.source)
          ? `The credentials file says [profile ${end.source}]; write [${end.source}] there.`
          : `Add the profile "${end.source}", or correct the name.`,
      };
    case 'loop':
      return {
        ...common,
        code: 'source-profile-loop',
        message: `source_profile leads in a circle: ${end.names.join(' -> ')}.`,
        hint: 'Let the last role start from a profile with an access key or an Identity Center sign-in.',
      };
    case 'empty':
      return {
        ...common,
        code: 'source-profile-empty',
        message: `The source profile "${end.at}" has no credentials.`,
        hint: `Give "${end.at}" an access key, an sso-session, a credential_process or a role.`,
      };
  }
}

function via(draft: ProfileDraft, at: string): string {
  return at === draft.name ? '' : ` (in "${at}", on the way from "${draft.name}")`;
}

function hasStaticKey(draft: ProfileDraft): boolean {
  return draft.keys.has('aws_access_key_id') || draft.keys.has('aws_secret_access_key');
}
