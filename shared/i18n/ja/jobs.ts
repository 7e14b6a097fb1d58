/** ジョブの状態を表す言葉。 */
export const jobs = {
  state: {
    queued: '待機中',
    preparing: '準備中',
    uploading: 'アップロード中',
    submitting: '送信中',
    running: '実行中',
    downloading: 'ダウンロード中',
    completed: '完了',
    failed: '失敗',
    cancelled: 'キャンセル済み',
    expired: '期限切れ',
  },
  waiting: {
    network: { label: '待機：オフライン', release: '接続が戻ると再試行します。' },
    answer: {
      label: '使える応答を待っています',
      release: 'プロバイダーの応答がまだ使えません。1日のあいだ、自動で問い合わせを続けます。',
    },
    stuck: {
      label: '確認が必要です',
      release: '1日試しても変わりませんでした。「もう一度試す」で再び問い合わせます。新しい注文にはなりません。',
    },
    apiKey: { label: '待機：API キー', release: '設定でこのアカウントのキーを入力してください。' },
    credits: { label: '待機：クレジット不足', release: 'アカウントにチャージすると自動で続きます。' },
    rateLimit: { label: '待機：プロバイダーの制限', release: '自動で再試行します。' },
    budget: { label: '待機：利用額の上限', release: '設定で上限を上げるか、このジョブを許可してください。' },
    consent: {
      label: '待機：確認',
      release: '残高が不明なときにキューに入りました。一度の回答で、同様のジョブすべてが対象になります。',
    },
    outcome: {
      label: '送信結果が不明',
      release: 'EvoLink からの応答が失われました。該当タスク、再送、断念から選んでください。',
    },
    quota: { label: '待機：アップロード容量', release: '不要なアップロードから削除します。' },
    disk: { label: '待機：ディスク容量', release: '空きを作ると自動で続きます。' },
    folder: {
      label: '待機：ライブラリのフォルダー',
      release: 'ドライブを接続するか、設定で別のフォルダーを選んでください。',
    },
    source: { label: '待機：元のファイル', release: 'ファイルを戻すか、ドライブを接続してください。' },
    paused: { label: '一時停止中', release: 'いつでも再開できます。' },
    held: { label: '待機：キュー停止中', release: 'キューを再開すると進みます。' },
    slot: {
      label: '待機：同時実行の上限',
      release: '実行中のジョブが終わると進みます。数は設定で変更できます。',
    },
  },
  news: {
    finished: { one: '結果が完成しました', many: '完成した結果：{{number}} 件' },
    attention: { one: '対応が必要なジョブがあります', many: '対応が必要なジョブ：{{number}} 件' },
    linkDies: {
      one: '支払い済みの結果を早めにダウンロードしてください',
      many: '早めのダウンロードが必要な支払い済みの結果：{{number}} 件',
    },
  },
  testCredits: 'テストクレジット：料金はかかりません',
  space: '必要：{{needed}}、空き：{{free}}。',
  doubt: {
    unit: '単位が不明：EvoLink の表示は {{raw}}。見積もりの {{credits}} クレジットで計算します',
    size: '金額が不明：EvoLink の表示は {{raw}}。見積もりの {{credits}} クレジットで計算します',
  },
  problem: {
    linkExpired: '結果のリンクが、ダウンロード前に期限切れになりました。',
    vanished: 'プロバイダーでタスクが 24 時間見つかりません。',
    answerUnreadable: 'このタスクについてのプロバイダーの応答を読み取れません。',
    elementWithoutId: 'プロバイダーは要素を完了としていますが、ID がまだ示されていません。',
    resultMissing: 'プロバイダーはタスクを完了としていますが、取得できる結果がまだありません。',
    resultLink: '結果のリンクが、開いてよい形式ではありません。',
    resultAddress: '結果のリンクがプライベートネットワークを指しているため、開きませんでした。',
    resultGone: '結果のリンクはもう使えません。',
    resultEmpty: '結果の代わりに、空のファイルが届きました。',
    resultNotVideo: '結果の代わりに、動画ではないものが届きました。',
    resultTooLarge: '結果の代わりに、大きすぎるファイルが届きました。',
    furtherResults: 'プロバイダーが複数の結果を作りました。取得できたものはすべてライブラリにあります。',
  },
} as const;
