/** What start-up found and could not repair by itself. */
export const notices = {
  settingsDamaged:
    '設定ファイルを読み込めなかったため、初期設定で起動しました。元のファイルはプロファイルフォルダーに {{backup}} として残してあります。',
  settingsRepaired:
    '使用できない設定があったため、初期値に戻しました: {{fields}}。元のファイルはプロファイルフォルダーに {{backup}} として残してあります。',
  settingsNewer:
    'この設定は、より新しいバージョンの Restage で保存されています。このバージョンが対応していない項目は、使用せずにそのまま残します。',
  jobsRestored:
    'ジョブの一覧が壊れていたため、{{at}} のバックアップから復元しました。ライブラリで見つかった結果は {{found}} 件です。その後に注文された可能性のあるジョブ {{asked}} 件は、あなたの判断を待っています。壊れたファイルはプロファイルフォルダーに {{damaged}} として残しました。',
  jobsLost:
    'ジョブの一覧が壊れていて、バックアップもなかったため、空の状態から始めます。ライブラリの結果はすべて残っています。壊れたファイルはプロファイルフォルダーに {{damaged}} として残しました。',
  creditsUnclear:
    '見積もり {{estimate}} クレジットの注文に対して、EvoLink が {{raw}} という額を示しました。どの単位なのか不明です。額はそのまま記録し、合計と上限には見積もりを使います。EvoLink のアカウントの表示と比べてください。',
  startFailed: 'Restage を起動できませんでした',
} as const;
