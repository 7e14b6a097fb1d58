/** What is wrong with a query of the library: `libraryQuery.<rule>`. */
export const libraryQuery = {
  quote: 'This quote has no end; everything behind it is one phrase.',
  field: 'There is no field “{{field}}”. Known: {{fields}}. To search for the words, put them in quotes.',
  empty: '{{field}}: needs a value.',
  value: '“{{value}}” is none of: {{choices}}.',
  number: '“{{value}}” is no number; write {{field}}>=3.',
  date: '“{{value}}” is no day; write 2026, 2026-11, 2026-11-03 or 2026-11..2026-12.',
  dates: '“{{value}}” ends before it begins.',
  comparison: '{{field}} is not compared; write {{field}}: instead of {{field}}{{comparison}}.',
} as const;
