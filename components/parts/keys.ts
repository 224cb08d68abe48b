/** Whether a key is being typed, or belongs to the browser: then it takes no action. */
export function typing({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return true;
  return target.closest('input:not([type=checkbox]), select, textarea') !== null;
}
