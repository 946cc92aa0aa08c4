/**
 * The only messages between the pages and the Electron app, named once for the preload script and the main process.
 *
 * `execute` is an invocation `(name, input) -> Reply`. A page subscribes with an id of its own choice and then gets `state`
 * messages `(id, SentMessage)` until it unsubscribes or goes away.
 */
export const IPC_CHANNELS = {
  execute: 'rolecall:execute',
  subscribe: 'rolecall:subscribe',
  unsubscribe: 'rolecall:unsubscribe',
  state: 'rolecall:state',
} as const;
