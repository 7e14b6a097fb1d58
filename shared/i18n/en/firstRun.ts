export const firstRun = {
  title: 'Put a performance onto another character',
  intro:
    'Drop a performance video and a character image. Restage prepares both, sends them to Kling 3.0 Motion Control, and keeps every result with its recipe.',
  sandbox: {
    title: 'Try it in the sandbox',
    text: 'A sample clip and character are loaded. It runs on test credits: nothing is paid, nothing leaves this computer, and results are marked.',
    action: 'Try it in the sandbox',
  },
  key: {
    title: 'I have an EvoLink key',
    text: 'The key is checked with a free call. Takes are charged to your account, and Restage asks before each one.',
    action: 'Use this key',
  },
  later: 'Change either in Settings at any time.',
  language: 'Language',
} as const;
