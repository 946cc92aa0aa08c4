/** Fields whose text the page selected, and the user has not touched since. */
const offered = new WeakSet<HTMLInputElement>();

/** Gives a field the keyboard, its text selected to be typed over. That is not text which the user chose to copy. */
export function offerToTypeOver(field: HTMLInputElement | null): void {
  if (field === null) {
    return;
  }
  field.focus();
  field.select();
  offered.add(field);
  field.addEventListener('pointerdown', () => takeOffered(field), { once: true });
}

/** The user does something in the field: from then on what is selected there is of their choice. */
export function takeOffered(field: HTMLInputElement): void {
  offered.delete(field);
}

/** Whether the user chose text in the field. */
export function hasChosenText(field: HTMLInputElement): boolean {
  return field.selectionStart !== field.selectionEnd && !offered.has(field);
}
