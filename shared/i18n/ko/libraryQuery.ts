/** What is wrong with a query of the library: `libraryQuery.<rule>`. */
export const libraryQuery = {
  quote: '따옴표가 닫히지 않아 그 뒤를 모두 한 구절로 찾습니다.',
  field: '‘{{field}}’ 항목은 없습니다. 쓸 수 있는 항목: {{fields}}. 낱말로 찾으려면 따옴표로 묶으세요.',
  empty: '{{field}}: 뒤에 값이 없습니다.',
  value: '‘{{value}}’은(는) 쓸 수 없습니다. {{choices}} 중 하나여야 합니다.',
  number: '‘{{value}}’은(는) 숫자가 아닙니다. {{field}}>=3처럼 쓰세요.',
  date: '‘{{value}}’은(는) 날짜가 아닙니다. 2026, 2026-11, 2026-11-03, 2026-11..2026-12처럼 쓰세요.',
  dates: '‘{{value}}’은(는) 끝이 시작보다 앞섭니다.',
  comparison: '{{field}} 항목은 크기를 비교하지 않습니다. {{field}}{{comparison}} 대신 {{field}}: 를 쓰세요.',
} as const;
