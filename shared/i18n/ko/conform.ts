/** Copies for the timeline: what a person has to know about each. */
export const conform = {
  notes: {
    rateVariable: '레퍼런스가 가변 프레임 레이트라서 결과 그대로 {{rate}} fps',
    rateUnknown: '레퍼런스 정보가 여기에 없어 결과 그대로 {{rate}} fps',
    restamped: '모든 프레임을 한 번씩: {{from}} fps를 {{to}} fps로 재생(속도 {{percent}} %)',
    repeated: '{{from}} → {{to}} fps, 정확한 시각 기준: {{count}}프레임 반복',
    dropped: '{{from}} → {{to}} fps, 정확한 시각 기준: {{count}}프레임 생략',
    timecodeOdd: '레퍼런스의 타임코드 {{timecode}}가 레이트와 맞지 않아 생략',
    timecodeConverted: '타임코드 {{timecode}}: 레퍼런스의 타임코드를 {{rate}} fps로 다시 셈',
    colorAssumed: '결과에 색 정보가 없어 BT.709로 표시',
    resultSilent: '결과에 소리가 없어 사본에도 없음',
    referenceSilent: '레퍼런스에 소리가 없어 사본에도 없음',
    noReference: '여기서 주문한 영상이 아니므로 소리는 이 영상 자체의 것',
    soundPrepared: '레퍼런스가 없어 준비해서 보낸 클립의 소리를 사용',
    soundAsked: '소리를 지정한 대로 {{ms}} ms 이동',
    soundBySound: '소리를 트림에서 {{ms}} ms 위치에 배치(결과의 소리와 일치, 확신도 {{percent}} %)',
    soundByPicture:
      '결과 자체의 소리가 {{resultMs}} ms 어긋나 있어, 원본 소리를 화면 움직임에 맞춰 트림에서 {{ms}} ms 위치에 배치(확신도 {{percent}} %)',
    soundByTrim: '소리를 트림대로 배치(결과에 비교할 소리가 없음)',
    soundUnsure: '소리를 트림대로 배치(비교로는 확실하지 않음)',
  },
} as const;
