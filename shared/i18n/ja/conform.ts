/** Copies for the timeline: what a person has to know about each. */
export const conform = {
  notes: {
    rateVariable: '参照映像が可変フレームレートのため、結果と同じ {{rate}} fps のまま',
    rateUnknown: '参照映像の情報がここにないため、結果と同じ {{rate}} fps のまま',
    restamped: '全フレームを1回ずつ: {{from}} fps を {{to}} fps で再生（速度 {{percent}} %）',
    repeated: '{{from}} → {{to}} fps、正確な時刻で変換: {{count}} フレームを重複',
    dropped: '{{from}} → {{to}} fps、正確な時刻で変換: {{count}} フレームを省略',
    timecodeOdd: '参照映像のタイムコード {{timecode}} はレートに合わないため省略',
    timecodeConverted: 'タイムコード {{timecode}}: 参照映像のものを {{rate}} fps で数え直し',
    colorAssumed: '結果に色情報がないため BT.709 として記録',
    resultSilent: '結果に音声がないため、コピーにもなし',
    referenceSilent: '参照映像に音声がないため、コピーにもなし',
    noReference: 'ここで注文された映像ではないため、音声はこの映像自身のもの',
    soundPrepared: '参照映像が見つからないため、準備して送信したときの音声を使用',
    soundAsked: '音声を指定どおり {{ms}} ms 移動',
    soundBySound: '音声をトリムから {{ms}} ms の位置に配置（結果の音声に一致、確度 {{percent}} %）',
    soundByPicture:
      '結果の音声は {{resultMs}} ms ずれているため、元の音声は映像の動きに合わせてトリムから {{ms}} ms の位置に配置（確度 {{percent}} %）',
    soundByTrim: '音声をトリムどおりに配置（結果に比較できる音声なし）',
    soundUnsure: '音声をトリムどおりに配置（比較では確かなことが分からず）',
  },
} as const;
