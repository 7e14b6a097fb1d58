/** Names in plain ASCII for programs that do not re-link others: spelled out where that is known, else a short form that stays. Pure. */
import { safeName } from '../words/resultName.ts';

/** Letters that come apart into no base letter and mark. */
const latin: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D' },
  ...{ þ: 'th', Þ: 'Th', ł: 'l', Ł: 'L', ħ: 'h', Ħ: 'H', ı: 'i', ŋ: 'ng', Ŋ: 'Ng', ĸ: 'k', ŧ: 't', Ŧ: 'T' },
  ...{ '’': "'", '‘': "'", '“': "'", '”': "'", '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-', '・': ' ', '、': ',' },
  ...{ '。': '.', '「': '(', '」': ')', '『': '(', '』': ')', '【': '(', '】': ')', '〈': '(', '〉': ')', '×': 'x' },
};

/** Hepburn, two kana before one; NFKD has taken the voicing marks off: they stand behind their kana as U+3099 and U+309A. */
const kana = new Map(
  [
    'ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to',
    'ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo',
    'ラ ra リ ri ル ru レ re ロ ro ワ wa ヰ i ヱ e ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo',
    'ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ vu',
    'ァ a ィ i ゥ u ェ e ォ o ャ ya ュ yu ョ yo ヮ wa ヵ ka ヶ ke',
    'ファ fa フィ fi フェ fe フォ fo ティ ti ディ di トゥ tu ドゥ du ウィ wi ウェ we ウォ wo ヴァ va ヴィ vi ヴェ ve ヴォ vo',
    'シェ she ジェ je チェ che シャ sha シュ shu ショ sho ジャ ja ジュ ju ジョ jo チャ cha チュ chu チョ cho',
    ...['キ k', 'ギ g', 'ニ n', 'ヒ h', 'ビ b', 'ピ p', 'ミ m', 'リ r'].map((pair) => {
      const [first = '', letter = ''] = pair.split(' ');
      return `${first}ャ ${letter}ya ${first}ュ ${letter}yu ${first}ョ ${letter}yo`;
    }),
  ]
    .join(' ')
    .split(' ')
    .reduce<[string, string][]>((pairs, word, i, words) => {
      if (i % 2 === 0) pairs.push([word, words[i + 1] ?? '']);
      return pairs;
    }, []),
);

const asKatakana = (character: string) =>
  character >= 'ぁ' && character <= 'ゖ' ? String.fromCharCode(character.charCodeAt(0) + 0x60) : character;

function kanaToLatin(text: string): string {
  const characters = [...text].map(asKatakana);
  let result = '';
  for (let i = 0; i < characters.length; i += 1) {
    const one = characters[i] ?? '';
    if (one === 'ー') continue;
    if (one === 'ッ') {
      const next = kana.get(characters.slice(i + 1, i + 3).join('')) ?? kana.get(characters[i + 1] ?? '') ?? '';
      result += /^[a-z]/.test(next) && !/^[aiueon]/.test(next) ? (next.startsWith('ch') ? 't' : next.charAt(0)) : '';
      continue;
    }
    const pair = kana.get(characters.slice(i, i + 2).join(''));
    if (pair !== undefined && characters[i + 1] !== undefined) {
      result += pair;
      i += 1;
    } else result += kana.get(one) ?? one;
  }
  return result;
}

// Revised Romanization of Korean, syllable by syllable.
const initials = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ');
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const finals = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');

function syllableToLatin(syllable: string): string {
  const number = syllable.charCodeAt(0) - 0xac00;
  const [initial, vowel, final] = [Math.floor(number / 588), Math.floor((number % 588) / 28), number % 28];
  return `${initials[initial] ?? ''}${vowels[vowel] ?? ''}${finals[final] ?? ''}`;
}

/** FNV-1a: the same text has the same form on every machine and in every run. */
function shortForm(text: string): string {
  let hash = 0x811c9dc5;
  for (const unit of text.split('').map((one) => one.charCodeAt(0)))
    for (const byte of [unit & 0xff, unit >> 8]) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0').slice(-6);
}

/** 'Ångström – 春のダンス 서울' → 'Angstrom - x1k2j3no dansu seoul': legal as a file name everywhere, and never empty. */
export function asciiName(name: string): string {
  const spelled = name
    .normalize('NFKC')
    .replace(/[\u3041-\u30ff]+/gu, kanaToLatin)
    .replace(/[\uac00-\ud7a3]/gu, syllableToLatin);
  const plain = [...spelled]
    .map((character) => latin[character] ?? character)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is what is looked for
  return safeName(plain.replace(/[^\u0000-\u007f]+/gu, (run) => `x${shortForm(run)}`));
}
