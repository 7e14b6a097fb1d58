/** What the provider's refusals and failures mean for a person, and what to do. */
export const provider = {
  task: {
    content:
      'プロバイダーのコンテンツ審査で拒否されました。キャラクター画像、参照動画、プロンプトのいずれかを変えて、もう一度注文してください。',
    parameters:
      'プロバイダーがこの入力を受け付けません。どの入力かはプロバイダーのメッセージに示されています。変更してからもう一度注文してください。',
    imageSize: 'キャラクター画像が注文に合いません。サイズまたは縦横比の異なる画像を使ってください。',
    imageUnreadable:
      'プロバイダーがキャラクター画像を読み込めません。JPEG または PNG で保存し直すか、別の画像を使ってください。',
    cancelled: 'タスクはプロバイダー側でキャンセルされました。',
    notFound: 'この注文に必要なものがプロバイダー側に見つかりません。同じ入力でもう一度注文してください。',
    timeout: 'プロバイダーでの生成に時間がかかりすぎました。',
    busy: '現在、プロバイダーに空きがありません。',
    service: 'プロバイダー側で問題が発生しました。',
    noContent:
      'プロバイダーが結果を生成できませんでした。より鮮明で動きの安定した参照動画なら成功する可能性があります。',
    quota: 'プロバイダーの割り当てまたは回数の上限に達しました。',
    unknown: '失敗の理由はプロバイダーから示されていません。',
  },
  retry: {
    may: '1 分ほど待ってからもう一度試すと成功する可能性があります。新しい注文になるため、クレジットが再びかかることがあります。',
    no: '同じ注文をもう一度送っても、また失敗します。',
  },
  failure: {
    network: 'EvoLink に接続できません。',
    timeout: 'EvoLink から時間内に応答がありませんでした。',
    auth: 'この API キーは EvoLink で受け付けられません。',
    credits: 'アカウントのクレジットが足りません。',
    rateLimit: 'EvoLink からリクエストの間隔を空けるよう求められています。',
    forbidden: 'この API キーにはこの操作の権限がありません。',
    tooLarge: 'ファイルが EvoLink の上限を超えています。',
    notFound: 'このタスクまたはファイルは EvoLink に見つかりません。',
    invalid: 'EvoLink がリクエストを受け付けません：{{message}}',
    quota: 'アカウントのファイル保存枠がいっぱいです。',
    idempotencyConflict: 'この注文は、別の内容ですでに EvoLink に登録されています。',
    outcomePending: 'EvoLink が最初の送信をまだ処理しています。',
    server: 'EvoLink 側で問題が発生しています：{{message}}',
    unreadable: 'EvoLink の応答を読み取れません。',
    cancelled: 'リクエストはキャンセルされました。',
  },
} as const;
