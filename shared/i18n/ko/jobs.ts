/** 작업의 상태를 나타내는 말. */
export const jobs = {
  state: {
    queued: '대기 중',
    preparing: '준비 중',
    uploading: '업로드 중',
    submitting: '제출 중',
    running: '실행 중',
    downloading: '다운로드 중',
    completed: '완료됨',
    failed: '실패',
    cancelled: '취소됨',
    expired: '만료됨',
  },
  waiting: {
    network: { label: '대기: 오프라인', release: '연결이 돌아오면 다시 시도합니다.' },
    answer: {
      label: '쓸 수 있는 응답을 기다리는 중',
      release: '제공자의 응답을 아직 쓸 수 없습니다. 하루 동안 스스로 다시 묻습니다.',
    },
    stuck: {
      label: '확인이 필요함',
      release:
        '하루 동안 시도했지만 달라지지 않았습니다. “다시 시도”를 누르면 한 번 더 묻습니다. 새로 주문하지는 않습니다.',
    },
    apiKey: { label: '대기: API 키', release: '설정에서 이 계정의 키를 입력하세요.' },
    credits: { label: '대기: 크레딧 부족', release: '계정을 충전하면 이어집니다.' },
    rateLimit: { label: '대기: 공급자 제한', release: '자동으로 다시 시도합니다.' },
    budget: { label: '대기: 사용 한도', release: '설정에서 한도를 올리거나 이 작업을 허용하세요.' },
    consent: {
      label: '대기: 확인',
      release: '잔액을 모를 때 큐에 들어왔습니다. 한 번 답하면 그런 작업 모두에 적용됩니다.',
    },
    outcome: {
      label: '결과를 알 수 없음',
      release: 'EvoLink의 응답을 잃었습니다. 해당 태스크, 다시 제출, 포기 중에서 고르세요.',
    },
    quota: { label: '대기: 업로드 공간', release: '필요 없는 내 업로드부터 삭제합니다.' },
    disk: { label: '대기: 디스크 공간', release: '공간을 확보하면 이어집니다.' },
    folder: {
      label: '대기: 라이브러리 폴더',
      release: '드라이브를 연결하거나 설정에서 다른 폴더를 선택하세요.',
    },
    source: { label: '대기: 원본 파일', release: '파일을 되돌려 놓거나 드라이브를 연결하세요.' },
    paused: { label: '일시 정지됨', release: '원할 때 계속하세요.' },
    held: { label: '대기: 큐 일시 정지됨', release: '큐를 계속하면 진행합니다.' },
    slot: {
      label: '대기: 동시 실행 한도',
      release: '실행 중인 작업이 끝나면 이어집니다. 수는 설정에서 바꿀 수 있습니다.',
    },
  },
  news: {
    finished: { one: '결과가 완성되었습니다', many: '완성된 결과: {{number}}개' },
    attention: { one: '확인이 필요한 작업이 있습니다', many: '확인이 필요한 작업: {{number}}개' },
    linkDies: { one: '결제한 결과를 곧 다운로드해야 합니다', many: '곧 다운로드해야 할 결제한 결과 {{number}}개' },
  },
  testCredits: '테스트 크레딧: 비용 없음',
  space: '필요: {{needed}}, 남음: {{free}}.',
  doubt: {
    unit: '단위 불분명: EvoLink 표시 {{raw}}. 추정치 {{credits}} 크레딧으로 계산합니다',
    size: '금액 불분명: EvoLink 표시 {{raw}}. 추정치 {{credits}} 크레딧으로 계산합니다',
  },
  problem: {
    linkExpired: '결과를 다운로드하기 전에 링크가 만료되었습니다.',
    vanished: '공급자가 24시간 동안 태스크를 찾지 못했습니다.',
    answerUnreadable: '이 태스크에 대한 제공자의 응답을 읽을 수 없습니다.',
    elementWithoutId: '제공자가 요소를 완료라고 하지만 아직 ID를 알려 주지 않았습니다.',
    resultMissing: '제공자가 태스크를 완료라고 하지만 가져올 수 있는 결과가 아직 없습니다.',
    resultLink: '결과의 링크가 열어도 되는 형식이 아닙니다.',
    resultAddress: '결과의 링크가 사설 네트워크를 가리켜서 열지 않았습니다.',
    resultGone: '결과의 링크가 더 이상 작동하지 않습니다.',
    resultEmpty: '결과 대신 빈 파일이 왔습니다.',
    resultNotVideo: '결과 대신 비디오가 아닌 것이 왔습니다.',
    resultTooLarge: '결과 대신 지나치게 큰 파일이 왔습니다.',
    furtherResults: '제공자가 결과를 여러 개 만들었습니다. 가져올 수 있는 것은 모두 라이브러리에 있습니다.',
  },
} as const;
