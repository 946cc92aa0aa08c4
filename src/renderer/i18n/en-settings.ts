import { plural } from './plural.ts';

/** What the settings page alone says, in English: it comes with the page. */
export const enSettings = {
  sections: {
    notifications: 'Notifications',
    network: 'Network',
    secrets: 'Secrets',
    data: 'Files and data',
    imports: 'Import from other tools',
    about: 'About',
  },
  entries: {
    notifySignInEnded: {
      label: 'Tell me when a sign-in ended',
      hint: 'A notification when an Identity Center signed you out, with a way back in.',
    },
    notifyWhenAsked: {
      label: 'Tell me when a program asks',
      hint: 'A notification for codes and permissions. When off, only the tray shows that something waits.',
    },
    proxyMode: {
      label: 'Proxy',
      hint: 'How AWS is reached by the app, the command and your programs’ requests for credentials. What you set here wins over HTTPS_PROXY.',
    },
    proxyUrl: { label: 'Address of the proxy', hint: 'Such as http://proxy.example.com:3128.' },
    proxySignIn: {
      label: 'User name and password of the proxy',
      hint: 'Kept in the secret store, and sent to this proxy only.',
    },
    noProxy: {
      label: 'Without the proxy',
      hint: 'Hosts separated by commas, as in NO_PROXY: .example.com stands for all below it.',
    },
    caBundleFile: {
      label: 'Certificate authorities',
      hint: 'A PEM file with the authorities of your company, trusted besides the usual ones and AWS_CA_BUNDLE.',
    },
    connectionTest: {
      label: 'Test the connection',
      hint: 'Asks the hosts of AWS that your profiles need, without credentials.',
    },
    secretStore: { label: 'Where secrets are kept', hint: 'Access keys, MFA seeds and the tokens of vault mode.' },
    vault: {
      label: 'Vault mode',
      hint: 'Keeps the tokens of an Identity Center in the secret store instead of ~/.aws. It is switched for each of them.',
    },
    awsFiles: {
      label: 'Files of the AWS tools',
      hint: 'Read and, when you say so, edited: with a preview, a backup and undo.',
    },
    dataFolder: {
      label: 'Data folder',
      hint: 'Settings, marks, lists of accounts, activity, backups, and the sealed file of secrets.',
    },
    caches: {
      label: 'Clear what comes again',
      hint: 'Lists of accounts come again from AWS; the activity fills as you go.',
    },
    reset: { label: 'Reset all settings', hint: 'Everything on this page as it was at first.' },
    imports: {
      label: 'Import',
      hint: 'What Leapp, aws-vault, Granted and aws-sso-cli know. Their files are only read.',
    },
    about: { label: 'Rolecall', hint: 'Version, documentation, quit.' },
  },
  lock: 'Lock',
  proxyModes: { environment: 'As the environment says', none: 'No proxy', manual: 'This proxy' },
  network: {
    notAnAddress: 'It begins with http:// or https:// and holds no user name.',
    notAPath: 'Give the whole path of the file.',
    notAList: 'Letters, digits and punctuation of ASCII only.',
    signedIn: 'kept in the secret store',
    notSignedIn: 'none',
    signIn: 'Set…',
    signInTitle: 'Sign in to the proxy',
    signInText: (proxy: string) => `They go into the secret store, and are sent to ${proxy} only.`,
    user: 'User name',
    password: 'Password',
    userMissing: 'Type the user name.',
    keep: 'Keep',
    forget: 'Forget',
    test: 'Test',
    reached: (count: number) => `${count} ${plural(count, 'host', 'hosts')} of AWS answered`,
    directly: 'Asked directly, without a proxy.',
    through: (proxies: string) => `Asked through ${proxies}.`,
  },
  shortcutTaken: 'Another program has these keys. Choose others.',
  vault: { manage: 'Sessions', count: (count: number, all: string) => `${count} of ${all}` },
  data: {
    open: 'Open folder',
    directories: (size: string) => `Lists of accounts · ${size}`,
    activity: (size: string) => `Activity · ${size}`,
    clear: 'Clear…',
    clearDirectories: {
      title: 'Clear the lists of accounts?',
      text: 'They are fetched again from AWS where you are signed in. Pins, names and colours stay.',
    },
    clearActivity: {
      title: 'Clear the activity?',
      text: 'Who used which role is forgotten for good. Nothing else is lost.',
    },
    reset: 'Reset…',
    resetTitle: 'Reset all settings?',
    resetText:
      'Guard rules and your own destinations are settings too, and go. Profiles, pins, names, colours and secrets stay.',
    confirmClear: 'Clear',
    confirmReset: 'Reset',
  },
  imports: {
    looking: 'Looking for other tools…',
    none: 'None of Leapp, aws-vault, Granted and aws-sso-cli was found on this machine.',
    found: (sessions: number, profiles: number, marks: number, served: number, keys: number) =>
      [
        [sessions, plural(sessions, 'Identity Center', 'Identity Centers')],
        [profiles, plural(profiles, 'profile', 'profiles')],
        [marks, plural(marks, 'name or pin', 'names and pins')],
        [served, plural(served, 'profile it serves', 'profiles it serves')],
        [keys, plural(keys, 'key', 'keys')],
      ]
        .flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]))
        .join(' · '),
    nothing: 'nothing new',
    look: 'Look…',
    title: (tool: string) => `Import from ${tool}`,
    lead: (tool: string) =>
      `What would be added here. Files of ${tool} are only read, and what you have stays as it is.`,
    takeOver: (count: number, tool: string) =>
      `Also take over ${count} ${plural(count, 'profile', 'profiles')} that ${tool} serves`,
    takeOverHint: 'Their lines for it go; every AWS tool and Rolecall then serve them without it. It can be undone.',
    marks: (count: number) =>
      `${count} ${plural(count, 'name, colour, tag or pin is', 'names, colours, tags and pins are')} added to your marks.`,
    conflicts: 'Left as they are here',
    keys: 'Access keys stay where they are until you hand them over. In a terminal:',
    notes: 'Not taken along',
    apply: 'Import',
    nothingToDo: 'There is nothing new to import.',
    done: (tool: string) => `Imported from ${tool}`,
    doneHint: 'It can be undone in the list of changes.',
  },
};
