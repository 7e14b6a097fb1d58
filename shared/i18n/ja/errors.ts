/** 問題の大まかな種類。ErrorCode ごとに1つ。 */
export const errors = {
  refused: { title: '受け付けられません', advice: '理由を確認してください。何も変更されていません。' },
  notFound: { title: '見つかりません', advice: '名前または ID を確認してください。' },
  sourceMissing: { title: '元のファイルがありません', advice: 'ファイルを元に戻すか、追加し直してください。' },
  sourceUnreadable: {
    title: 'ファイルを読み取れません',
    advice: 'ほかのプログラムで再生し、壊れていれば書き出し直してください。',
  },
  outputNotWritable: { title: 'フォルダーに書き込めません', advice: '別のフォルダーを選ぶか、権限を変えてください。' },
  diskFull: { title: 'ディスクの空きがありません', advice: '空きを作ってください。作業は自動で続きます。' },
  toolMissing: {
    title: '動作する ffmpeg がありません',
    advice: 'ffmpeg をインストールするか、設定で指定してください。',
  },
  toolFailed: {
    title: 'ffmpeg がファイルを処理できませんでした',
    advice: 'もう一度試してください。詳細はログにあります。',
  },
  deadline: { title: '時間がかかりすぎました', advice: 'もう一度試してください。詳細はログにあります。' },
  cancelled: { title: 'キャンセルしました', advice: '途中のファイルは残っていません。' },
  network: { title: '接続できません', advice: '回線が戻りしだい再試行します。' },
  apiKey: { title: 'API キーがないか、受け付けられませんでした', advice: '設定でキーを確認してください。' },
  credits: {
    title: 'クレジットが足りません',
    advice: 'アカウントにチャージしてください。待機中のジョブは自動で続きます。',
  },
  rateLimit: { title: 'リクエストが多すぎます', advice: 'しばらくして自動で再試行します。' },
  server: {
    title: 'プロバイダーがエラーを返しました',
    advice: '後でもう一度試してください。応答の内容はログにあります。',
  },
  conflict: { title: '既存のものと衝突しています', advice: '理由を確認してください。' },
  storage: { title: 'プロファイルのファイルを使えません', advice: '理由を確認してください。何も変更されていません。' },
  needsConsent: { title: '確認が必要です', advice: 'はい・いいえを選んでください。まだ何も実行していません。' },
  internal: {
    title: 'Restage の内部で問題が起きました',
    advice: 'もう一度試してください。報告用の詳細はログにあります。',
  },
} as const;
