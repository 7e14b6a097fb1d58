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
  problem: {
    linkExpired: '결과를 다운로드하기 전에 링크가 만료되었습니다.',
    vanished: '공급자가 24시간 동안 태스크를 찾지 못했습니다.',
  },
} as const;
