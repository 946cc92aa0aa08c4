/** `http://` or `https://`, a host and a port; no place for a user name or password, which belong into the secret store. Empty for none. */
export const PROXY_URL = /^$|^https?:\/\/(?:\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?\/?$/i;

/** Hosts as in `NO_PROXY`. */
export const NO_PROXY_LIST = /^[\x20-\x7e]{0,2048}$/;

/** An absolute path, of POSIX or Windows. Empty for none. */
export const CA_BUNDLE_FILE = /^$|^(?:\/|[A-Za-z]:[\\/]|\\\\)[^\p{Cc}]{0,1023}$/u;
