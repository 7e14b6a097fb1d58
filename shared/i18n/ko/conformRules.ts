/** Why a copy for the timeline is not made: value, rule and way out. */
export const conformRules = {
  conform: {
    restamp: {
      title: '다른 레이트로 재생하기에는 차이가 너무 큼',
      value: '{{from}} fps를 {{to}} fps로',
      rule: '모든 프레임을 한 번씩 다른 레이트로 재생하려면 고정 레이트여야 하고, 속도 차이는 {{most}} % 이내여야 합니다.',
      fix: '정확한 시각 기준의 프레임 반복·생략을 사용하거나 더 가까운 레이트를 선택하세요.',
    },
    size: {
      title: '시퀀스 크기가 홀수임',
      value: '{{width}}×{{height}}',
      rule: '시퀀스의 가로와 세로는 모두 짝수여야 합니다.',
      fix: '1920×1080처럼 짝수인 크기를 선택하세요.',
    },
    small: {
      title: '이 코덱에는 너무 작음',
      value: '{{width}}×{{height}}',
      rule: '{{preset}}에는 최소 {{minWidth}}×{{minHeight}}가 필요합니다.',
      fix: '더 큰 시퀀스 크기나 ProRes 또는 H.264를 선택하세요.',
    },
    folder: {
      title: '사본 폴더를 사용할 수 없음',
      value: '{{folder}}',
      rule: '파일을 쓸 수 있는 폴더이거나, 있는 폴더 안의 새 폴더여야 합니다.',
      fix: '드라이브를 연결하거나 권한을 바꾸거나 다른 폴더를 선택하세요.',
    },
    disk: {
      title: '사본을 위한 공간이 부족함',
      value: '여유 공간 {{freeMB}} MB',
      rule: '{{folder}}의 디스크에 최대 {{neededMB}} MB가 필요합니다.',
      fix: '공간을 확보하거나 다른 디스크 또는 더 작은 코덱을 선택하세요. 완성된 사본은 그대로 남고 다시 만들지 않습니다.',
    },
    noOriginal: {
      title: '원본 소리가 없음',
      value: '{{name}}도, 그것으로 준비한 클립도 없습니다',
      rule: '원본 소리는 레퍼런스 영상이나 보낸 클립에서 가져옵니다.',
      fix: '“{{name}}”을(를) 제자리에 두거나 다시 추가하거나, 결과의 소리 또는 소리 없음을 선택하세요.',
    },
    resultMissing: {
      title: '결과 파일이 없음',
      value: '{{path}}에 아무것도 없습니다',
      rule: '사본은 결과 파일로 만듭니다.',
      fix: '드라이브를 연결하거나, “{{name}}”을(를) 옮겼다면 라이브러리를 다시 검색하세요.',
    },
    resultUnreadable: {
      title: '결과 파일을 읽을 수 없음',
      value: '{{path}}',
      rule: '사본은 끝까지 읽을 수 있는 동영상으로 만듭니다.',
      fix: '다른 프로그램에서 “{{name}}”을(를) 재생해 보고, 손상되었다면 백업에서 되돌리세요.',
    },
    changed: {
      title: '결과 파일이 도중에 바뀜',
      value: '{{path}}',
      rule: '사본을 만드는 동안 그대로 있어야 합니다.',
      fix: '다른 프로그램이 “{{name}}” 작업을 마친 뒤 다시 시도하세요.',
    },
    encoder: {
      title: '이 ffmpeg로는 만들 수 없음',
      value: '인코더 {{encoder}} 없음',
      rule: '이 인코더가 들어 있는 ffmpeg가 필요합니다.',
      fix: '다른 코덱을 선택하거나 설정에서 완전한 ffmpeg를 지정하세요.',
    },
    notAsPlanned: {
      title: '사본이 계획과 다름',
      value: '{{what}}: {{found}}',
      rule: '{{wanted}}이어야 합니다. 다른 것은 버립니다.',
      fix: '다시 시도하거나 다른 코덱을 선택하세요. 자세한 내용은 로그에 있습니다.',
    },
  },
} as const;
