/**
 * For `onCloseAutoFocus`: focus returns to what opened a dialog or menu, unless the choice made there has already moved
 * it to where the user goes on.
 */
export function keepMovedFocus(event: Event): void {
  if (document.activeElement?.matches("textarea, input")) event.preventDefault();
}
