import * as v from 'valibot';
import { parseOpener } from './console-opener.ts';

/** The shape of an opener in a file or command. Apart from its reader, which the screen has without a parser. */
export const OpenerIdSchema = v.pipe(
  v.string(),
  v.maxLength(180),
  v.check((id) => parseOpener(id) !== undefined, 'no way to open a console'),
);
