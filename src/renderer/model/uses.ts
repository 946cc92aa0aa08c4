/** What can happen when a program asks for a role in the background. */
export const USES = ['allow', 'ask', 'ask-hourly', 'refuse'] as const;
