/** What the browser host says in the terminal. */
export const browserHost = {
  help: 'Restage をブラウザのウィンドウで使います。\n\n  --profile DIR   設定、ジョブ、ログを保存するフォルダ\n  --library DIR   今回の起動で結果を書き込むフォルダ\n  --print         ウィンドウを開かずにアドレスを表示\n  --version       バージョンを表示\n  --help          この説明を表示',
  window:
    'Restage を {{browser}} のウィンドウで開きました。ウィンドウを閉じると終了し、ジョブは次回の起動時に再開されます。',
  windowFailed: '{{browser}} のウィンドウを開けませんでした。次のアドレスをブラウザで開いてください。',
  noDisplay: 'ディスプレイがありません。次のアドレスをこのコンピューターのブラウザで開いてください。',
  noBrowser: 'Chrome、Chromium、Edge が見つかりません。次のアドレスをこのコンピューターのブラウザで開いてください。',
  once: 'このアドレスは 10 分間、一度だけ有効です。最初に開いたブラウザで使えます。別のアドレスが必要なときは、もう一度 Restage を起動してください。',
  idle: '1 時間ページが開かれず、動いているジョブもないため、Restage を終了します。いつでも起動し直せます。',
  alreadyRunning: 'Restage はすでに起動しています。もう一つウィンドウを開きます。',
  forwarded:
    '別の Restage がこのプロファイルを使用しています。操作はそちらに引き継がれます。画像の表示とファイルの追加は、そちらの終了後に使えるようになります。',
} as const;
