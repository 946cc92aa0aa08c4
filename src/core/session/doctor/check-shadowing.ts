import type { AwsFileTexts } from '../../files/load-aws-profiles.ts';
import { parseIni } from '../../files/ini-document.ts';
import { draftProfiles, placedSections, type ProfileDraft } from '../../files/profile-sections.ts';
import type { AwsFileKind } from '../../model/profile.ts';
import { isSecretKey } from '../../files/secret-keys.ts';
import type { Finding } from './finding.ts';

const MOST_TOLD = 50;

/** Keys that one profile has in both files with different values: the credentials file's wins in silence. Secrets are told without text. */
export function checkShadowing(
  { config, credentials }: Pick<AwsFileTexts, 'config' | 'credentials'>,
  credentialsPath: string,
): readonly Finding[] {
  const inConfig = draftsOf(config, 'config');
  return [...draftsOf(credentials, 'credentials').values()]
    .flatMap((draft) => shadowed(draft, inConfig.get(draft.name)))
    .slice(0, MOST_TOLD)
    .map(({ profile, key, line, configLine }) => ({
      id: `key-shadowed:${profile}:${key}`,
      code: 'key-shadowed',
      severity: isSecretKey(key) || key === 'aws_access_key_id' ? 'warning' : 'info',
      title: `The profile ${profile} has ${key} in both files (line ${configLine} of the config file, line ${line} of the credentials file).`,
      why: "Every tool takes the credentials file's, so a change in the config file has no effect.",
      hint: `Keep ${key} in one of the two.`,
      file: credentialsPath,
      line,
      about: { kind: 'profile', name: profile },
    }));
}

interface Shadowed {
  readonly profile: string;
  readonly key: string;
  readonly line: number;
  readonly configLine: number;
}

function draftsOf(text: string, file: AwsFileKind): ReadonlyMap<string, ProfileDraft> {
  return draftProfiles(placedSections(parseIni(text), file));
}

function shadowed(draft: ProfileDraft, config: ProfileDraft | undefined): readonly Shadowed[] {
  return [...draft.keys].flatMap(([key, { line, value }]) => {
    const other = config?.keys.get(key);
    const isSame = other !== undefined && value !== undefined && value === other.value;
    return other === undefined || isSame ? [] : [{ profile: draft.name, key, line, configLine: other.line }];
  });
}
