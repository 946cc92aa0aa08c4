import { plural } from './plural.ts';

/** What the first minute says, in the app and in the demo, in English. */
export const enFirstRun = {
  firstRun: {
    title: 'Welcome to Rolecall',
    text: 'Add your IAM Identity Center. Its start URL is the page where you choose an AWS account.',
    sandboxTitle: 'Try Rolecall',
    sandboxText: 'This is a demo with an AWS of its own. Its start URL is filled in: press the button and sign in.',
    found: 'Found in ~/.aws',
    foundNothing: 'Nothing in ~/.aws yet.',
    foundSessions: (count: number) => `${count} ${plural(count, 'Identity Center', 'Identity Centers')}`,
    foundProfiles: (count: number) => `${count} ${plural(count, 'profile', 'profiles')}`,
    foundProblems: (count: number) => `${count} ${plural(count, 'problem', 'problems')}`,
    mendText: 'Something in these files keeps AWS tools from working. Mend that first; you see what changes.',
    signInText: 'Sign in, and your accounts and roles appear here.',
    profilesText: 'Your profiles are ready below. If your company has IAM Identity Center, add it.',
    signInTo: (name: string) => `Sign in to ${name}`,
    iamUser: 'I have an IAM user',
    tryDemo: 'Try the demo first',
    demoOpened: 'The demo opens in a window of its own',
    demoOpenedHint: 'It has an AWS of its own. Nothing of yours is touched, and nothing stays when you close it.',
  },
  demo: {
    steps: 'Steps through the demo',
    isDone: 'done',
    titles: {
      add: 'Add the Identity Center',
      'sign-in': 'Sign in',
      console: 'Open a console',
      copy: 'Copy credentials',
      mfa: 'Answer an MFA prompt',
    },
    texts: {
      add: 'Its start URL is filled in.',
      'sign-in': 'Approve the request on the page that opens.',
      console: 'Search for a role and press Enter.',
      copy: 'Select a role and press Ctrl+C, or its copy button.',
      mfa: (profile: string) => `Open ${profile}. The demo phone shows the code.`,
    },
    allDone: 'That is the way of it',
    allDoneText: 'Close the demo, and do the same with your own AWS.',
    close: 'Close the steps',
  },
};
