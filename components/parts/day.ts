/** An instant as its day where the reader is. */
export function day(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(new Date(at));
}
/** The minute that the reader's clock shows, as what is due is compared. */
export const clock = (): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
    .format(new Date())
    .replace(' ', 'T');
