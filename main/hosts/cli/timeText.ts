/** Points in time for people: short, in the local zone. */
export function timeText(iso: string, locale: string, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: precision === 'minutes' ? 'short' : 'medium',
  }).format(date);
}
