export const firstRun = {
  title: '연기를 다른 캐릭터로 옮기세요',
  intro:
    '연기 비디오와 캐릭터 이미지를 놓으세요. Restage가 둘 다 준비해 Kling 3.0 모션 컨트롤로 보내고, 모든 결과를 레시피와 함께 보관합니다.',
  sandbox: {
    title: '샌드박스에서 해 보기',
    text: '샘플 클립과 캐릭터가 들어 있습니다. 테스트 크레딧으로 작동하여 비용이 들지 않고, 이 컴퓨터 밖으로 나가는 것이 없으며, 결과에는 표시가 있습니다.',
    action: '샌드박스에서 해 보기',
  },
  key: {
    title: 'EvoLink 키가 있습니다',
    text: '무료 호출로 키를 확인합니다. 생성은 내 계정에 청구되며, Restage가 매번 먼저 묻습니다.',
    action: '이 키 사용',
  },
  later: '둘 다 언제든지 설정에서 바꿀 수 있습니다.',
  language: '언어',
} as const;
