/** ジョブの状態を表す言葉。 */
export const jobs = {
  state: {
    queued: '待機列',
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
    network: { label: 'ネットワークを待っています', release: '回線が戻りしだい自動で再試行します。' },
    answer: {
      label: '使える応答を待っています',
      release: 'プロバイダーの応答がまだ使えません。1日のあいだ、自動で問い合わせを続けます。',
    },
    stuck: {
      label: '確認が必要です',
      release: '1日試しても変わりませんでした。「もう一度試す」で再び問い合わせます。新しい注文にはなりません。',
    },
    apiKey: { label: 'API キーを待っています', release: '設定でこのアカウントのキーを入力してください。' },
    credits: { label: 'クレジットを待っています', release: 'アカウントにチャージすると自動で続きます。' },
    rateLimit: { label: '提供元の制限により待機中', release: '自動で再試行します。' },
    budget: { label: '支出の上限で待っています', release: '設定で上限を上げるか、このジョブを許可してください。' },
    consent: {
      label: '確認待ち',
      release: '残高が不明なときに注文されました。同様の注文すべてについて、一度だけ確認してください。',
    },
    outcome: {
      label: '結果が不明です',
      release: '注文への応答が失われました。該当タスクの選択、再送、断念のいずれかを選んでください。',
    },
    quota: { label: 'ファイル置き場の空きを待っています', release: '不要になった自分のアップロードから削除します。' },
    disk: { label: 'ディスクの空きを待っています', release: '空きを作ると自動で続きます。' },
    folder: {
      label: 'ライブラリのフォルダーを待っています',
      release: 'ドライブを接続するか、設定で別のフォルダーを選んでください。',
    },
    source: { label: '元のファイルを待っています', release: 'ファイルを戻すか、ドライブを接続してください。' },
    paused: { label: '一時停止中', release: 'いつでも再開できます。' },
    held: { label: 'キューごと停止中', release: '「すべて再開」で進みます。' },
    slot: {
      label: '空きを待っています',
      release: 'プロバイダーで実行中のジョブが終わると続きます。同時に実行する数は設定で変えられます。',
    },
  },
  news: {
    finished: { one: '結果が完成しました', many: '完成した結果：{{number}} 件' },
    attention: { one: '対応が必要なジョブがあります', many: '対応が必要なジョブ：{{number}} 件' },
    linkDies: {
      one: '支払い済みの結果を早めに取得する必要があります',
      many: '早めの取得が必要な支払い済みの結果：{{number}} 件',
    },
  },
  sandboxCharge: 'サンドボックス：課金されません',
  space: '必要：{{needed}}、空き：{{free}}。',
  doubt: {
    unit: '単位が不明：EvoLink の表示は {{raw}}。見積もりの {{credits}} クレジットで計算します',
    size: '金額が不明：EvoLink の表示は {{raw}}。見積もりの {{credits}} クレジットで計算します',
  },
  problem: {
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
    linkExpired: '結果のリンクが、取得する前に期限切れになりました。',
    vanished: '提供元でタスクが24時間見つかりません。',
  },
} as const;
