/** A length in seconds as people of each language write it: one form on the page and in the terminal. */

/** Making a formatter costs more than using it a hundred times. */
const formatters = new Map<string, Intl.NumberFormat>();

/** '12.00 s', '12.00 秒', '12.00초'. */
export function formatSeconds(seconds: number, language: string): string {
  const formatter = formatters.get(language) ?? secondsIn(language);
  formatters.set(language, formatter);
  return formatter.format(seconds).replace(/(\d)(s)$/, '$1 $2');
}

function secondsIn(language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    // English letters are shortest when narrow; narrow Japanese would be an English "s".
    unitDisplay: language.startsWith('en') ? 'narrow' : 'short',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}
