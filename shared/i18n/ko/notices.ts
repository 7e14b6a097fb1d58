/** What start-up found and could not repair by itself. */
export const notices = {
  settingsDamaged:
    '설정 파일을 읽을 수 없어 기본 설정으로 시작했습니다. 기존 파일은 프로필 폴더에 {{backup}} 파일로 보관했습니다.',
  settingsRepaired:
    '사용할 수 없는 설정이 있어 기본값으로 되돌렸습니다: {{fields}}. 기존 파일은 프로필 폴더에 {{backup}} 파일로 보관했습니다.',
  settingsNewer:
    '이 설정은 더 새로운 버전의 Restage에서 저장되었습니다. 이 버전이 모르는 항목은 사용하지 않고 그대로 보관합니다.',
  jobsRestored:
    '작업 목록이 손상되어 {{at}} 백업에서 복원했습니다. 라이브러리에서 결과 {{found}}개를 찾았습니다. 그 뒤에 주문되었을 수 있는 작업 {{asked}}개는 사용자의 결정을 기다립니다. 손상된 파일은 프로필 폴더에 {{damaged}} 파일로 남겨 두었습니다.',
  jobsLost:
    '작업 목록이 손상되었고 백업이 없어 빈 상태로 시작합니다. 라이브러리의 결과는 모두 그대로 있습니다. 손상된 파일은 프로필 폴더에 {{damaged}} 파일로 남겨 두었습니다.',
  creditsUnclear:
    '추정치가 {{estimate}} 크레딧인 주문에 EvoLink가 {{raw}}라는 금액을 표시했습니다. 어떤 단위인지 분명하지 않습니다. 금액은 받은 그대로 기록하고, 합계와 한도에는 추정치를 씁니다. EvoLink 계정의 표시와 비교해 주세요.',
  originalsNoRoom:
    '라이브러리 디스크가 가득 차 결과 {{count}}개의 원본을 보관하지 못했습니다. 결과 자체는 모두 있습니다. 공간을 확보하면 다음에 시작할 때 다시 시도합니다.',
  originalsMissing:
    '소스나 라이브러리를 읽거나 쓸 수 없어 결과 {{count}}개의 원본을 보관하지 못했습니다. 결과 자체는 모두 있으며 다음에 시작할 때 다시 시도합니다.',
  startFailed: 'Restage를 시작하지 못했습니다',
} as const;
