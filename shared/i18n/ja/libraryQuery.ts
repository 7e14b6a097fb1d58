/** What is wrong with a query of the library: `libraryQuery.<rule>`. */
export const libraryQuery = {
  quote: '引用符が閉じていません。以降をひとつの語句として検索します。',
  field: '「{{field}}」という項目はありません。使えるのは {{fields}} です。語として探すには引用符で囲みます。',
  empty: '{{field}}: に値がありません。',
  value: '「{{value}}」は指定できません。{{choices}} のいずれかです。',
  number: '「{{value}}」は数値ではありません。{{field}}>=3 のように書きます。',
  date: '「{{value}}」は日付ではありません。2026、2026-11、2026-11-03、2026-11..2026-12 のように書きます。',
  dates: '「{{value}}」は終わりが始まりより前です。',
  comparison: '{{field}} は大小を比べられません。{{field}}{{comparison}} ではなく {{field}}: と書きます。',
} as const;
