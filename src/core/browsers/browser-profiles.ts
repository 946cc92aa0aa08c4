import * as v from 'valibot';

/** A profile of a browser. */
export interface BrowserProfile {
  /** What the browser's command line takes. */
  readonly id: string;
  /** What the user calls it. */
  readonly name: string;
}

const LocalState = v.object({
  profile: v.object({ info_cache: v.record(v.string(), v.object({ name: v.optional(v.string(), '') })) }),
});

/** What an opener can hold; a name beyond that is not offered. */
const FIT = /^[^/\\\p{C}]{1,128}$/u;

/**
 * The profiles that a browser of the Chromium family lists in its file `Local State`; none for text that is no such file.
 * Source: https://chromium.googlesource.com/chromium/src/+/HEAD/chrome/browser/profiles/profile_attributes_storage.cc
 */
export function chromiumProfiles(text: string): readonly BrowserProfile[] {
  const parsed = v.safeParse(LocalState, parseJson(text));
  const entries = parsed.success ? Object.entries(parsed.output.profile.info_cache) : [];
  return entries
    .filter(([id]) => FIT.test(id) && id !== '.' && id !== '..')
    .map(([id, { name }]) => ({ id, name: name === '' ? id : name }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The profiles that Firefox lists in `profiles.ini`.
 * Source: https://kb.mozillazine.org/Profiles.ini_file
 */
export function firefoxProfiles(text: string): readonly BrowserProfile[] {
  const sections = text.split(/^\s*\[/m).filter((section) => /^Profile\d+\]/.test(section));
  return sections
    .map((section) => /^Name=(.*)$/m.exec(section)?.[1]?.trim() ?? '')
    .filter((name) => FIT.test(name) && name !== '.' && name !== '..' && !name.startsWith('-'))
    .map((name) => ({ id: name, name }));
}
