/** An instant as its day where the reader is. */
export function day(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(new Date(at));
}
