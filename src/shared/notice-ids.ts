/** The notice that another program has the keys of the global shortcut; the settings page says it in place. */
export const SHORTCUT_TAKEN = 'shortcut-taken';
