/** Why a copy for the timeline is not made: value, rule and way out. */
export const conformRules = {
  conform: {
    restamp: {
      title: '別のレートで再生するには差が大きすぎます',
      value: '{{from}} fps を {{to}} fps で',
      rule: '全フレームを1回ずつ別のレートで再生できるのは、固定レートから、速度差 {{most}} % までです。',
      fix: '正確な時刻でのフレームの重複・省略を使うか、近いレートを選んでください。',
    },
    size: {
      title: 'シーケンスのサイズが奇数です',
      value: '{{width}}×{{height}}',
      rule: 'シーケンスの縦横はどちらも偶数でなければなりません。',
      fix: '1920×1080 のような偶数のサイズを選んでください。',
    },
    small: {
      title: 'このコーデックには小さすぎます',
      value: '{{width}}×{{height}}',
      rule: '{{preset}} には {{minWidth}}×{{minHeight}} 以上が必要です。',
      fix: '大きいシーケンスサイズか、ProRes または H.264 を選んでください。',
    },
    folder: {
      title: 'コピー先のフォルダーを使用できません',
      value: '{{folder}}',
      rule: '書き込めるフォルダー、または既存のフォルダー内の新しいフォルダーでなければなりません。',
      fix: 'ドライブを接続するか、アクセス権を変更するか、別のフォルダーを選んでください。',
    },
    disk: {
      title: 'コピーのための空き容量が足りません',
      value: '空き {{freeMB}} MB',
      rule: '{{folder}} のディスクに最大 {{neededMB}} MB 必要です。',
      fix: '空き容量を増やすか、別のディスクか小さいコーデックを選んでください。完成したコピーは残り、作り直されません。',
    },
    noOriginal: {
      title: '元の音声がありません',
      value: '{{name}} も、そこから準備したクリップも見つかりません',
      rule: '元の音声は参照映像か、送信したクリップから取ります。',
      fix: '「{{name}}」を元の場所に戻すか追加し直すか、結果の音声または音声なしを選んでください。',
    },
    resultMissing: {
      title: '結果のファイルがありません',
      value: '{{path}} に何もありません',
      rule: 'コピーは結果のファイルから作ります。',
      fix: 'ドライブを接続するか、「{{name}}」を移動した場合はライブラリを再スキャンしてください。',
    },
    resultUnreadable: {
      title: '結果のファイルを読み取れません',
      value: '{{path}}',
      rule: 'コピーは最後まで読み取れる動画から作ります。',
      fix: '「{{name}}」を別のプログラムで再生し、壊れている場合はバックアップから戻してください。',
    },
    changed: {
      title: '結果のファイルが途中で変更されました',
      value: '{{path}}',
      rule: 'コピーの作成中は変更されてはなりません。',
      fix: '別のプログラムでの「{{name}}」の処理が終わってから、もう一度試してください。',
    },
    encoder: {
      title: 'この ffmpeg では作成できません',
      value: 'エンコーダー {{encoder}} なし',
      rule: 'このエンコーダーを含む ffmpeg が必要です。',
      fix: '別のコーデックを選ぶか、設定で完全な ffmpeg を指定してください。',
    },
    notAsPlanned: {
      title: 'コピーが予定どおりではありません',
      value: '{{what}}: {{found}}',
      rule: '{{wanted}} でなければなりません。異なるものは破棄されます。',
      fix: 'もう一度試すか、別のコーデックを選んでください。詳細はログにあります。',
    },
  },
} as const;
