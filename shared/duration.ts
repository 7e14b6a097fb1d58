/** A length in seconds as people of each language write it: one form on the page and in the terminal. Pure. */

/** '12.00 s', '12.00 秒', '12.00초'. */
export function formatSeconds(seconds: number, language: string): string {
  // English letters are shortest when narrow; narrow Japanese would be an English "s".
  const unitDisplay = language.startsWith('en') ? 'narrow' : 'short';
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
    .format(seconds)
    .replace(/(\d)(s)$/, '$1 $2');
}
