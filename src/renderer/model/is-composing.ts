/** Whether what comes into a field is not told yet, but composed by an input method. */
export function isComposing(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing;
}
