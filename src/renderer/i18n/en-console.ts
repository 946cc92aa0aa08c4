/** Where consoles open, how long access lasts: in English. */
export const enConsole = {
  openers: {
    label: 'Open in',
    default: 'Default browser',
    'multi-session': 'Side by side (AWS multi-session)',
    profile: (browser: string, profile: string) => `${browser}: ${profile}`,
    private: (browser: string) => `${browser}: private window`,
    granted: (browser: string) => `${browser}: container (add-on Granted)`,
    container: (browser: string) => `${browser}: container (add-on Open external links in a container)`,
    gone: (name: string) => `${name} (not on this machine)`,
    byRule: 'As the rules say',
    ofAccount: 'Consoles of the account open in',
    usualWay: 'By the usual sign-in',
    usualPlace: 'In the usual browser',
    useDefault: 'Use default browser',
    notes: {
      'multi-session':
        'Up to five accounts at once. Turn it on once in that browser: in the console’s account menu, “Turn on multi-session support”.',
      private: 'Apart from your other windows; its sign-in is gone when it closes.',
      granted: 'Each role gets a container of its own. Firefox needs the add-on “Granted”.',
      container:
        'Each role gets a container of its own. Firefox needs the add-on “Open external links in a container”, which asks first.',
    },
  },
  consoleRules: {
    add: 'Add rule',
    up: 'Move up',
    tag: 'Tag (optional)',
    empty: 'No rules: all consoles open as above.',
  },
  ends: {
    signIn: (name: string, span: string) => `Your sign-in to ${name} ends in ${span}.`,
    role: (name: string, span: string) => `The credentials you copied for ${name} end in ${span}.`,
    needs: {
      nothing: 'Renew them, then copy them again.',
      'sign-in': 'Renewing needs you to sign in again; the button starts it.',
      mfa: 'Renewing may ask for an MFA code.',
      again: 'Sign in again now to go on without a break.',
    },
  },
  signInEnd: {
    renews: 'Renews by itself while Rolecall runs.',
    renewsOnUse: 'Renewed when a role is next used.',
    latest: (moment: string) => `AWS does not say when you have to sign in again; ${moment} at the latest.`,
    unknown: 'AWS does not say when you have to sign in again.',
    ends: (moment: string) => `Ends ${moment}. It does not renew by itself: sign in again then.`,
    tokenOnUse: (moment: string) => `Good until ${moment}; renewed when it is next needed.`,
    roleNext: 'New ones follow when needed; copies end then.',
  },
  longJob: {
    menu: 'Renew for a long job…',
    title: 'Before a long job',
    working: 'Fetching fresh credentials…',
    failed: 'Nothing was renewed. What you hold works until its own end.',
    role: (moment: string, span: string) => `Fresh until ${moment}, for ${span}.`,
    limits: {
      'permission-set':
        'This is the session length set for your permission set; only your administrator can make it longer.',
      chained: 'AWS ends a role that is reached through another role or session after one hour, whatever is asked.',
      role: 'duration_seconds in the profile can ask for more, up to what the role allows: 12 hours at most.',
      source: 'Where they come from decides how long they last.',
    },
    tokenRenews: (moment: string) => `Until ${moment}, then renewed by itself while your sign-in lasts.`,
    tokenEnds: (moment: string) => `Until ${moment}. It does not renew: sign in again before a longer job.`,
    advice:
      'A job that runs longer must fetch new ones as it goes: give it the profile, not copied credentials, or run it under',
    again: 'Renew again',
    signIn: 'Sign in again',
  },
};
