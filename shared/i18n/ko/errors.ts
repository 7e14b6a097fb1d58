/** 문제의 큰 종류. ErrorCode마다 하나. */
export const errors = {
  refused: { title: '받아들일 수 없습니다', advice: '이유를 확인하세요. 아무것도 바뀌지 않았습니다.' },
  notFound: { title: '찾을 수 없습니다', advice: '이름 또는 ID를 확인하세요.' },
  sourceMissing: { title: '원본 파일이 없습니다', advice: '파일을 되돌려 놓거나 다시 추가하세요.' },
  sourceUnreadable: {
    title: '파일을 읽을 수 없습니다',
    advice: '다른 프로그램에서 재생해 보고, 손상되었으면 다시 내보내세요.',
  },
  outputNotWritable: { title: '폴더에 쓸 수 없습니다', advice: '다른 폴더를 선택하거나 권한을 바꾸세요.' },
  diskFull: { title: '디스크가 가득 찼습니다', advice: '공간을 확보하세요. 작업은 스스로 이어집니다.' },
  toolMissing: { title: '작동하는 ffmpeg가 없습니다', advice: 'ffmpeg를 설치하거나 설정에서 지정하세요.' },
  toolFailed: {
    title: 'ffmpeg가 파일을 처리하지 못했습니다',
    advice: '다시 시도하세요. 자세한 내용은 로그에 있습니다.',
  },
  deadline: { title: '시간이 너무 오래 걸렸습니다', advice: '다시 시도하세요. 자세한 내용은 로그에 있습니다.' },
  cancelled: { title: '취소했습니다', advice: '남은 파일이 없습니다.' },
  network: { title: '연결되지 않습니다', advice: '연결이 돌아오면 다시 시도합니다.' },
  apiKey: { title: 'API 키가 없거나 받아들여지지 않았습니다', advice: '설정에서 키를 확인하세요.' },
  credits: { title: '크레딧이 부족합니다', advice: '계정을 충전하세요. 대기 중인 작업은 스스로 이어집니다.' },
  rateLimit: { title: '요청이 너무 많습니다', advice: '잠시 후 다시 시도합니다.' },
  server: { title: '공급자가 오류를 반환했습니다', advice: '나중에 다시 시도하세요. 응답 내용은 로그에 있습니다.' },
  conflict: { title: '이미 있는 것과 충돌합니다', advice: '이유를 확인하세요.' },
  storage: { title: '프로필의 파일을 사용할 수 없습니다', advice: '이유를 확인하세요. 아무것도 바뀌지 않았습니다.' },
  needsConsent: { title: '확인이 필요합니다', advice: '예 또는 아니요를 선택하세요. 아직 아무것도 하지 않았습니다.' },
  internal: {
    title: 'Restage 내부에서 문제가 생겼습니다',
    advice: '다시 시도하세요. 보고할 자세한 내용은 로그에 있습니다.',
  },
} as const;
