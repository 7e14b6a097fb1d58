/** 작업의 상태를 나타내는 말. */
export const jobs = {
  state: {
    queued: '대기열',
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
    network: { label: '네트워크를 기다리는 중', release: '연결이 돌아오면 스스로 다시 시도합니다.' },
    apiKey: { label: 'API 키를 기다리는 중', release: '설정에서 이 계정의 키를 입력하세요.' },
    credits: { label: '크레딧을 기다리는 중', release: '계정을 충전하면 스스로 이어집니다.' },
    rateLimit: { label: '제공자의 제한으로 대기 중', release: '스스로 다시 시도합니다.' },
    budget: { label: '지출 한도로 대기 중', release: '설정에서 한도를 올리거나 이 작업을 허용하세요.' },
    consent: {
      label: '확인 대기 중',
      release: '잔액을 모를 때 주문되었습니다. 그런 주문 모두에 대해 한 번만 답해 주세요.',
    },
    outcome: {
      label: '결과를 알 수 없음',
      release: '주문에 대한 응답을 잃었습니다. 해당 태스크 선택, 다시 보내기, 포기 중에서 고르세요.',
    },
    quota: { label: '파일 공간을 기다리는 중', release: '필요 없는 내 업로드부터 삭제합니다.' },
    disk: { label: '디스크 공간을 기다리는 중', release: '공간을 확보하면 스스로 이어집니다.' },
    folder: {
      label: '라이브러리 폴더를 기다리는 중',
      release: '드라이브를 연결하거나 설정에서 다른 폴더를 선택하세요.',
    },
    source: { label: '원본 파일을 기다리는 중', release: '파일을 되돌려 놓거나 드라이브를 연결하세요.' },
    paused: { label: '일시 정지됨', release: '원할 때 다시 시작하세요.' },
    held: { label: '큐와 함께 멈춤', release: '“모두 계속”을 누르면 진행합니다.' },
    slot: {
      label: '자리를 기다리는 중',
      release: '공급자에서 실행 중인 작업이 끝나면 이어집니다. 동시에 실행할 수는 설정에서 바꿀 수 있습니다.',
    },
  },
  news: {
    finished: { one: '결과가 완성되었습니다', many: '완성된 결과: {{number}}개' },
    attention: { one: '확인이 필요한 작업이 있습니다', many: '확인이 필요한 작업: {{number}}개' },
    linkDies: { one: '결제한 결과를 곧 받아야 합니다', many: '곧 받아야 할 결제한 결과: {{number}}개' },
  },
  sandboxCharge: '샌드박스: 청구되지 않음',
  space: '필요: {{needed}}, 남음: {{free}}.',
  problem: {
    linkExpired: '결과를 가져오기 전에 링크가 만료되었습니다.',
    vanished: '제공자가 24시간 동안 태스크를 찾지 못했습니다.',
  },
} as const;
