/** The keys of the keyboard, in English. */
export const enKeys = {
  keys: {
    title: 'Keyboard shortcuts',
    type: 'Search',
    filter: 'Narrow the search',
    move: 'Move',
    several: 'Select several, in the table',
    escape: 'Clear the search, then close',
    shortcuts: {
      console: 'Open console',
      destination: 'Open at a service or region',
      copy: 'Copy credentials as last time',
      'copy-as': 'Copy credentials for…',
      'row-menu': 'All actions',
      pin: 'Pin or unpin',
      edit: 'Name, colour, tags',
      'move-up': 'Move a pinned role up',
      'move-down': 'Move a pinned role down',
      search: 'Go to the search',
      refresh: 'Refresh accounts and roles',
      settings: 'Settings',
      window: 'Open window',
      keys: 'This list',
    },
  },
};
