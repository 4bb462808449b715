// Where the keyboard goes on when what it was on is done with and disappears.

/** Move the focus to a title, from where Tab leads to what is left under it. */
export function focusTitle(id: string): void {
  document.getElementById(id)?.focus();
}
