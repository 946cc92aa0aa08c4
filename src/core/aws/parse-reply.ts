import * as v from 'valibot';
import { MalformedReplyError } from './aws-errors.ts';

/** Reads a reply of AWS's as `schema` says. Throws MalformedReplyError that names the field, never its value. */
export function parseReply<const Schema extends v.GenericSchema>(
  schema: Schema,
  reply: unknown,
  operation: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, reply);
  if (!result.success) {
    const field = v.getDotPath(result.issues[0]) ?? 'the whole';
    throw new MalformedReplyError(`${operation}: ${field}`);
  }
  return result.output;
}

/** Text that fits into a header and a file as it is: visible ASCII, at most `maxLength` characters. */
export function opaqueText(maxLength: number) {
  return v.pipe(v.string(), v.maxLength(maxLength), v.regex(/^[\x21-\x7e]+$/));
}
