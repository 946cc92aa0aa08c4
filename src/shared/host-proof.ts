/**
 * Sent by the loopback host with the stream of state: what it gave the page along with its token. When the host is gone, any user of
 * the machine can listen on its port; the page then talks to nobody who does not know this.
 */
export const HOST_PROOF_HEADER = 'rolecall-proof';
