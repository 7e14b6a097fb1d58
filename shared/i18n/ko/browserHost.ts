/** What the browser host says in the terminal. */
export const browserHost = {
  help: 'Restage를 브라우저 창에서 사용합니다.\n\n  --profile DIR   설정, 작업, 로그를 저장할 폴더\n  --library DIR   이번 실행에서 결과를 저장할 폴더\n  --print         창을 열지 않고 주소를 출력\n  --version       버전 출력\n  --help          이 도움말 출력',
  window: 'Restage를 {{browser}} 창에서 열었습니다. 창을 닫으면 종료되며, 작업은 다음에 시작할 때 이어집니다.',
  windowFailed: '{{browser}} 창을 열지 못했습니다. 다음 주소를 브라우저에서 여세요.',
  noDisplay: '디스플레이가 없습니다. 다음 주소를 이 컴퓨터의 브라우저에서 여세요.',
  noBrowser: 'Chrome, Chromium, Edge를 찾을 수 없습니다. 다음 주소를 이 컴퓨터의 브라우저에서 여세요.',
  once: '이 주소는 10분 동안 한 번만 쓸 수 있으며 처음 연 브라우저에서 사용됩니다. 다른 주소가 필요하면 Restage를 다시 시작하세요.',
  idle: '한 시간 동안 열린 페이지가 없고 진행 중인 작업도 없어 Restage를 종료합니다. 언제든 다시 시작할 수 있습니다.',
  alreadyRunning: 'Restage가 이미 실행 중입니다. 창을 하나 더 엽니다.',
  forwarded:
    '다른 Restage가 이 프로필을 사용하고 있습니다. 명령은 그쪽으로 전달되며, 이미지 표시와 파일 추가는 그쪽이 종료되면 다시 사용할 수 있습니다.',
} as const;
