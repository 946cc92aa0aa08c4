/** The largest set-up a screen may hand over, in characters: a whole command must fit into what a host reads. */
export const MAX_SET_UP_TEXT = 400_000;
