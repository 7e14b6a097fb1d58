/** What the provider's refusals and failures mean for a person, and what to do. */
export const provider = {
  task: {
    content:
      '공급자의 콘텐츠 심사에서 거부되었습니다. 캐릭터 이미지, 참조 비디오 또는 프롬프트를 바꾼 뒤 다시 주문하세요.',
    realPerson: '공급자가 실제 인물의 이미지를 받지 않습니다. 그림이나 3D로 만든 캐릭터를 사용하세요. 대상: {{input}}.',
    celebrity: '공급자가 유명인으로 판단했습니다. 다른 인물을 사용하세요. 대상: {{input}}.',
    copyright: '공급자가 저작물이나 상표로 판단했습니다. 빼거나 다른 것을 사용하세요. 대상: {{input}}.',
    videoUnreadable: '공급자가 참조 비디오를 읽을 수 없습니다. 다른 프리셋으로 준비하거나 다른 클립을 사용하세요.',
    parameters:
      '공급자가 이 입력을 받지 않습니다. 어떤 입력인지는 공급자의 메시지에 나와 있습니다. 바꾼 뒤 다시 주문하세요.',
    imageSize: '캐릭터 이미지가 주문과 맞지 않습니다. 크기나 가로세로 비율이 다른 이미지를 사용하세요.',
    imageUnreadable:
      '공급자가 캐릭터 이미지를 읽을 수 없습니다. JPEG 또는 PNG로 다시 저장하거나 다른 이미지를 사용하세요.',
    cancelled: '공급자 쪽에서 작업이 취소되었습니다.',
    notFound: '이 주문에 필요한 항목을 공급자가 더 이상 찾지 못합니다. 같은 입력으로 다시 주문하세요.',
    timeout: '공급자에서 생성 시간이 너무 오래 걸렸습니다.',
    busy: '현재 공급자에 여유 용량이 없습니다.',
    service: '공급자 쪽에서 문제가 발생했습니다.',
    noContent: '공급자가 결과를 만들지 못했습니다. 더 선명하고 움직임이 안정적인 참조 비디오라면 성공할 수 있습니다.',
    quota: '공급자의 할당량 또는 요청 한도에 도달했습니다.',
    unknown: '공급자가 실패 이유를 알려 주지 않았습니다.',
  },
  input: {
    image: '캐릭터 이미지',
    video: '참조 비디오',
    prompt: '프롬프트',
    any: '알려 주지 않음(캐릭터 이미지, 참조 비디오 또는 프롬프트)',
  },
  retry: {
    may: '1분쯤 뒤에 다시 시도하면 성공할 수 있습니다. 새 주문이므로 크레딧이 다시 들 수 있습니다.',
    no: '같은 주문을 다시 보내도 또 실패합니다.',
  },
  failure: {
    network: 'EvoLink에 연결할 수 없습니다.',
    timeout: 'EvoLink가 제시간에 응답하지 않았습니다.',
    auth: 'EvoLink가 이 API 키를 받지 않습니다.',
    credits: '계정의 크레딧이 부족합니다.',
    rateLimit: 'EvoLink가 요청 속도를 줄여 달라고 합니다.',
    forbidden: '이 API 키에는 이 작업 권한이 없습니다.',
    tooLarge: '파일이 EvoLink의 한도보다 큽니다.',
    notFound: 'EvoLink에서 이 작업이나 파일을 찾을 수 없습니다.',
    invalid: 'EvoLink가 요청을 거부했습니다: {{message}}',
    quota: '계정의 파일 저장 공간이 가득 찼습니다.',
    idempotencyConflict: '이 주문은 다른 내용으로 이미 EvoLink에 등록되어 있습니다.',
    outcomePending: 'EvoLink가 첫 번째 시도를 아직 처리하고 있습니다.',
    server: 'EvoLink 쪽에 문제가 있습니다: {{message}}',
    unreadable: 'EvoLink의 응답을 읽을 수 없습니다.',
    cancelled: '요청이 취소되었습니다.',
  },
} as const;
