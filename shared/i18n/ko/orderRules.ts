/** 주문, 파일, 작업, 프로필이 거부되는 이유: 발견된 값, 규칙, 해결 방법. */
export const orderRules = {
  kind: {
    clip: {
      title: '여기에는 비디오가 필요합니다',
      value: '“{{name}}”은(는) 비디오가 아닙니다',
      rule: '참조 비디오에는 비디오 파일을 사용합니다.',
      fix: '비디오 파일을 선택하세요. 이미지는 캐릭터 이미지 칸에 넣습니다.',
    },
    image: {
      title: '여기에는 이미지가 필요합니다',
      value: '“{{name}}”은(는) 이미지가 아닙니다',
      rule: '캐릭터에는 정지 이미지를 사용합니다.',
      fix: '이미지를 선택하세요. 비디오는 참조 비디오 칸에 넣습니다.',
    },
  },
  folder: {
    absolute: {
      title: '전체 경로가 아닙니다',
      value: '“{{path}}”',
      rule: '폴더는 드라이브의 처음부터 적은 경로여야 합니다.',
      fix: '파일 관리자에서 폴더 경로를 복사해 여기에 붙여 넣으세요.',
    },
    writable: {
      title: '이 폴더는 사용할 수 없습니다',
      value: '“{{path}}”에 쓸 수 없습니다',
      rule: '결과를 저장하므로 쓸 수 있는 폴더여야 합니다.',
      fix: '다른 폴더를 선택하거나 드라이브를 연결하세요.',
    },
  },
  line: {
    proxy: {
      title: '프록시 주소가 아닙니다',
      value: '“{{value}}”',
      rule: '프록시는 http:// 또는 https://와 호스트, 포트로 쓰며 이름과 암호는 넣지 않습니다.',
      fix: 'http://HOST:PORT 또는 direct라고 쓰세요. 이름과 암호는 HTTPS_PROXY에 넣습니다.',
    },
    authority: {
      title: '이 파일에 인증서가 없습니다',
      value: '“{{value}}”',
      rule: '인증서(BEGIN CERTIFICATE)가 하나 이상 든 PEM 형식의 파일이어야 합니다.',
      fix: '인증 기관의 인증서를 PEM 형식으로 받아 그 파일을 지정하세요.',
    },
  },
  program: {
    absolute: {
      title: '전체 경로가 아닙니다',
      value: '“{{path}}”',
      rule: '프로그램은 드라이브의 루트부터 전체 경로로 지정해야 합니다.',
      fix: '프로그램의 전체 경로를 입력하세요.',
    },
    executable: {
      title: '프로그램이 아닙니다',
      value: '“{{path}}”은(는) 실행할 수 있는 파일이 아닙니다',
      rule: '소유자가 실행을 허용한 프로그램이어야 합니다. Restage는 권한을 바꾸지 않습니다.',
      fix: '프로그램 자체의 경로를 지정하거나 먼저 실행 권한을 주세요.',
    },
  },
  source: {
    missing: {
      title: '파일이 없습니다',
      value: '{{path}}에 아무것도 없습니다',
      rule: '원본 파일은 추가했을 때의 위치에 있어야 합니다.',
      fix: '“{{name}}”을(를) 제자리에 두거나, 드라이브를 연결하거나, 현재 위치에서 다시 추가하세요.',
    },
    changed: {
      title: '파일이 바뀌었습니다',
      value: '“{{name}}”의 내용이 추가했을 때와 다릅니다',
      rule: '주문에는 확인을 마친 파일을 보냅니다.',
      fix: '원본을 되돌리거나, 새 파일을 추가해 다시 주문하세요.',
    },
  },
  asset: {
    unknown: {
      title: '알 수 없는 파일',
      value: 'ID {{id}}인 파일이 없습니다',
      rule: '이 프로필에 추가한 파일만 주문할 수 있습니다.',
      fix: '파일을 다시 추가하세요.',
    },
  },
  prepared: {
    unknown: {
      title: '알 수 없는 준비된 테이크',
      value: 'ID {{id}}인 준비된 테이크가 없습니다',
      rule: '준비됨 목록에 있는 테이크만 사용할 수 있습니다.',
      fix: '클립을 다시 준비하세요.',
    },
    gone: {
      title: '준비된 테이크가 사라졌습니다',
      value: '테이크 {{id}}의 파일이 캐시에 없습니다',
      rule: '테이크는 만들어진 그대로 사용합니다.',
      fix: '클립을 다시 준비하세요. 다른 것은 잃지 않았습니다.',
    },
  },
  job: {
    unknown: {
      title: '알 수 없는 작업',
      value: 'ID {{id}}인 작업이 없습니다',
      rule: 'ID는 작업 목록에 표시된 것이어야 합니다.',
      fix: '작업 목록에서 올바른 ID를 확인하세요.',
    },
    isFinal: {
      title: '작업이 끝났습니다',
      value: '작업 {{id}}의 상태: {{state}}',
      rule: '진행 중인 작업만 바꿀 수 있습니다.',
      fix: '다시 주문하거나 새 작업으로 재시도하세요.',
    },
    isSubmitted: {
      title: '주문이 이미 제출되었습니다',
      value: '작업 {{id}}의 상태: {{state}}',
      rule: '제출한 주문은 되돌릴 수 없습니다. 공급자에게 취소 기능이 없습니다.',
      fix: '대신 작업을 숨기세요. 계속 지켜보고 결과도 가져옵니다.',
    },
    queueIsHeld: {
      title: '큐가 일시 정지되어 있습니다',
      value: '작업 {{id}}의 상태: {{state}}',
      rule: '큐가 멈춘 동안에는 작업 하나만 계속할 수 없습니다.',
      fix: '큐를 계속하거나 restage jobs resume-all을 실행하세요.',
    },
    notRetryable: {
      title: '재시도할 것이 없습니다',
      value: '작업 {{id}}의 상태: {{state}}',
      rule: '완료된 작업은 다시 실행하지 않습니다.',
      fix: '다른 테이크가 필요하면 같은 비디오와 캐릭터로 다시 주문하세요.',
    },
    noOutcomeQuestion: {
      title: '결정할 것이 없습니다',
      value: '작업 {{id}}의 상태: {{state}}',
      rule: '응답을 잃은 주문만 결정을 요청합니다.',
      fix: '작업을 확인하세요. 스스로 진행되거나 무엇을 기다리는지 알려 줍니다.',
    },
    noBudgetQuestion: {
      title: '한도에 걸리지 않았습니다',
      value: '작업 {{id}}의 상태: {{state}}',
      rule: '사용 한도를 기다리는 작업만 허용할 수 있습니다.',
      fix: '작업을 확인하세요. 스스로 진행되거나 무엇을 기다리는지 알려 줍니다.',
    },
    taskClaimed: {
      title: '그 태스크는 다른 작업의 것입니다',
      value: '태스크 {{task}}에는 이미 작업이 있습니다',
      rule: '공급자의 태스크 하나는 작업 하나에 속합니다.',
      fix: '목록에서 다른 태스크를 선택하세요.',
    },
  },
  order: {
    otherRecipe: {
      title: '같은 이름의 주문이 다른 내용으로 있습니다',
      value: '작업 {{id}}은(는) 주문 이름이 같고 설정이 다릅니다',
      rule: '주문 이름 하나는 주문 하나를 뜻합니다.',
      fix: '다른 주문에는 다른 이름을 사용하세요.',
    },
    limitsLost: {
      title: '지출 한도가 사라졌을 수 있습니다',
      value: '설정 파일이 손상되었습니다',
      rule: '설정된 한도도 함께 사라져 아무것도 주문하지 않았습니다.',
      fix: '설정에서 한도를 다시 정하세요. 한도 없이 계속하려면 다시 한번 주문하세요(명령줄에서는 --yes).',
    },
    price: {
      title: '비용을 확인하세요',
      value: '{{low}}~{{high}} 크레딧',
      rule: 'Restage는 지시받았을 때만 크레딧을 사용합니다. 주문은 되돌릴 수 없습니다.',
      fix: '주문하려면 비용을 승인하세요.',
    },
  },
  disk: {
    full: {
      title: '디스크가 가득 찼습니다',
      value: '필요한 공간: {{neededBytes}}바이트',
      rule: '파일이 {{folder}}의 디스크에 들어가지 않습니다.',
      fix: '공간을 비우면 저절로 계속됩니다.',
    },
  },
  library: {
    unknown: {
      title: '알 수 없는 결과',
      value: 'ID {{id}}인 결과가 없습니다',
      rule: 'ID는 라이브러리에 표시된 것이어야 합니다.',
      fix: '라이브러리에서 결과를 검색하세요.',
    },
    folder: {
      title: '라이브러리 폴더가 없습니다',
      value: '{{folder}}에 폴더가 없습니다',
      rule: '결과는 라이브러리 폴더로 옮깁니다. 폴더가 돌아올 때까지 프로필에 안전하게 보관합니다.',
      fix: '드라이브를 연결하거나 설정에서 다른 폴더를 선택하세요.',
    },
    noFolder: {
      title: '폴더가 없습니다',
      value: '{{folder}}에 폴더가 없습니다',
      rule: '폴더만 가져올 수 있습니다.',
      fix: '동영상이 든 폴더를 지정하세요.',
    },
    recordLong: {
      title: '메모가 너무 많습니다',
      value: '‘{{name}}’의 기록이 {{max}}자를 넘습니다',
      rule: '목록을 빠르게 유지하도록 결과의 기록 길이를 제한합니다.',
      fix: '메모를 줄이거나 짧게 쓰세요.',
    },
    newer: {
      title: '더 새로운 Restage에서 기록했습니다',
      value: '‘{{name}}’: 레시피 버전 {{version}} (이 Restage는 {{known}})',
      rule: '더 새로운 레시피는 보여 주기만 하고 바꾸지 않습니다. 이 버전이 모르는 내용을 잃기 때문입니다.',
      fix: '바꾸려면 Restage를 업데이트하세요.',
    },
    searches: {
      title: '저장한 검색이 너무 많습니다',
      value: '‘{{name}}’을 더하면 {{max}}개를 넘습니다',
      rule: '검색은 {{max}}개까지 저장합니다.',
      fix: '필요 없는 검색을 지우세요.',
    },
  },
  profile: {
    folder: {
      title: '프로필 폴더를 사용할 수 없습니다',
      value: '{{path}} ({{errno}})',
      rule: 'Restage는 프로필 폴더에 쓸 수 있어야 합니다.',
      fix: '--profile로 다른 폴더를 지정하거나 이 폴더의 권한을 바꾸세요.',
    },
    held: {
      title: '다른 프로그램이 이 프로필을 사용 중입니다',
      value: '{{path}}이(가) 사용 중이며 상대가 응답하지 않습니다',
      rule: '프로필은 한 번에 한 프로그램만 실행합니다.',
      fix: '다른 Restage를 닫거나 다른 프로필을 사용하세요.',
    },
    holderLost: {
      title: '다른 Restage가 종료되었습니다',
      value: '이 프로필을 실행하던 프로그램이 끝났습니다',
      rule: '요청은 프로필을 실행하는 프로그램이 처리합니다.',
      fix: '명령을 다시 실행하세요. 주문은 디스크에 남아 있습니다.',
    },
  },
  storage: {
    newer: {
      title: '더 새로운 Restage의 프로필입니다',
      value: '{{file}}의 버전은 {{found}}, 이 프로그램은 {{known}}까지 압니다',
      rule: '이전 프로그램은 새 데이터를 건드리지 않습니다.',
      fix: 'Restage를 업데이트하거나 다른 프로필을 사용하세요.',
    },
  },
  origin: {
    form: {
      title: '주소가 아닙니다',
      value: '{{value}}',
      rule: '주소는 호스트 뒤에 아무것도 붙지 않은 완전한 URL이어야 합니다.',
      fix: 'https://host:port 형식으로 쓰거나 변수를 지우세요.',
    },
    https: {
      title: '안전한 주소가 아닙니다',
      value: '{{value}}',
      rule: '다른 컴퓨터와는 HTTPS로만 통신합니다.',
      fix: 'https://를 쓰거나 이 컴퓨터의 주소를 사용하세요.',
    },
    key: {
      title: '저장된 키는 밖으로 보내지 않습니다',
      value: '{{value}}',
      rule: '저장된 키는 입력할 때의 공급자에게만 보냅니다.',
      fix: '이 주소와 함께 EVOLINK_API_KEY로 키를 주거나 변수를 지우세요.',
    },
  },
  apiKey: {
    form: {
      title: '키가 아닙니다',
      value: '{{length}}자의 텍스트',
      rule: '키는 로마자, 숫자, 기호로 된 한 단어입니다. 공백, 줄바꿈, 따옴표, 앞에 붙은 "Bearer"는 쓸 수 없습니다.',
      fix: 'https://evolink.ai/dashboard/keys 에서 다시 복사하세요.',
    },
    missing: {
      title: 'API 키가 없습니다',
      value: '저장된 키가 없습니다',
      rule: 'EvoLink에는 API 키가 필요합니다.',
      fix: '설정에서 키를 입력하거나 EVOLINK_API_KEY를 설정하세요. 샌드박스에서도 작업할 수 있습니다.',
    },
    keychain: {
      title: '키체인이 키를 받지 않았습니다',
      value: '시스템 키체인이 거부했거나 잠겨 있습니다',
      rule: '키는 시스템 키체인에 보관하며, 그럴 수 없으면 보관하지 않습니다.',
      fix: '키체인(Linux에서는 키링)의 잠금을 풀고 키를 다시 입력하거나, 이번 세션만 EVOLINK_API_KEY를 설정하고 Restage를 시작하세요.',
    },
    otherAccount: {
      title: '이 작업은 다른 키의 것입니다',
      value: '저장된 키는 다른 계정의 것입니다',
      rule: '작업은 주문한 계정과만 통신합니다.',
      fix: '그 계정의 키를 다시 입력하세요.',
    },
    sameAccount: {
      title: '같은 EvoLink 계정인가요?',
      value: '이전에는 다른 키를 사용했습니다',
      rule: '작업, 업로드, 요소는 계정에 속합니다.',
      fix: '새 키가 같은 계정의 것인지 선택하세요.',
    },
  },
  prices: {
    value: {
      title: '쓸 수 없는 요금입니다',
      value: '{{name}}: {{found}}',
      rule: '요금은 0보다 큰 크레딧 수이며 소수점 아래 여덟 자리까지입니다.',
      fix: '다른 요금을 넣거나, 비워 두어 공개된 값을 쓰세요.',
    },
  },
  naming: {
    empty: {
      title: '이름이 비어 있습니다',
      value: '“{{template}}”',
      rule: '이름에는 한 글자 이상이 남아야 합니다.',
      fix: '{clip} 같은 항목을 추가하세요.',
    },
    length: {
      title: '템플릿이 너무 깁니다',
      value: '“{{template}}”',
      rule: '템플릿은 최대 {{max}}자입니다.',
      fix: '줄여 주세요.',
    },
    token: {
      title: '알 수 없는 항목',
      value: '{{token}}',
      rule: '중괄호 안에는 목록에 있는 항목만 쓸 수 있습니다.',
      fix: '목록에서 고르거나 중괄호를 지우세요.',
    },
    characters: {
      title: '파일 이름에 쓸 수 없는 문자',
      value: '{{characters}}',
      rule: '일부 시스템은 파일 이름에 이 문자를 허용하지 않습니다.',
      fix: '지워 주세요.',
    },
  },
  limits: {
    value: {
      title: '쓸 수 없는 제한입니다',
      value: '{{target}} · {{name}}',
      rule: '도구가 다룰 수 있는 범위의 값이어야 합니다.',
      fix: '다른 값을 넣거나 설정에서 제거하세요.',
    },
    order: {
      title: '최소가 최대보다 큽니다',
      value: '{{target}} · {{name}}',
      rule: '이 조합으로는 어떤 파일도 보낼 수 없습니다.',
      fix: '둘 중 하나를 바꾸세요.',
    },
    twice: {
      title: '같은 제한이 두 개입니다',
      value: '{{target}} · {{name}}',
      rule: '제한 하나에는 값이 하나입니다.',
      fix: '둘 중 하나를 제거하세요.',
    },
  },
  project: {
    required: {
      title: '프로젝트',
      value: '없음',
      rule: '설정에 따라 모든 주문은 프로젝트에 속해야 합니다.',
      fix: '프로젝트를 입력하거나(명령줄에서는 --project NAME) 설정 › 프로젝트에서 이 규칙을 끄세요.',
    },
  },
  port: {
    taken: {
      title: '포트가 사용 중입니다',
      value: '포트 {{value}}을(를) 다른 프로그램이 사용하고 있습니다',
      rule: '샌드박스는 전용 포트 하나를 사용합니다.',
      fix: '--port로 다른 포트를 지정하거나 사용 중인 프로그램을 종료하세요.',
    },
  },
  input: {
    form: {
      title: '입력 형식이 다릅니다',
      value: '{{message}}',
      rule: '값이 기대한 형식이 아닙니다.',
      fix: '값을 고쳐 다시 시도하세요.',
    },
  },
} as const;
