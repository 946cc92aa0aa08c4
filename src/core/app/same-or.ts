/** The old value where the new one says the same, so that nothing is sent to the screens. */
export function sameOr<Value>(before: Value, after: Value): Value {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
