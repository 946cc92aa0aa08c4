/** A function that is asked for each object once; what it gave is kept as long as the object is. For objects that never change. */
export function oncePerObject<Subject extends object, Result extends object>(
  make: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const known = new WeakMap<Subject, Result>();
  return (subject) => {
    const result = known.get(subject) ?? make(subject);
    known.set(subject, result);
    return result;
  };
}
