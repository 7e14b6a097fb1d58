/** Copies for the timeline: what a person has to know about each. */
export const conform = {
  notes: {
    rateVariable: 'The reference has no constant rate: {{rate}} fps, as the result came',
    rateUnknown: 'The reference is not known here: {{rate}} fps, as the result came',
    restamped: 'Every frame once: {{from}} fps played at {{to}} fps, {{percent}} % of its speed',
    repeated: '{{from}} → {{to}} fps by exact time: {{count}} frames shown twice',
    dropped: '{{from}} → {{to}} fps by exact time: {{count}} frames left out',
    timecodeOdd: 'The reference’s timecode {{timecode}} does not fit its rate: left out',
    timecodeConverted: 'Timecode {{timecode}}: the reference’s, counted at {{rate}} fps',
    colorAssumed: 'The result names no colours: marked as BT.709',
    resultSilent: 'The result has no sound, and neither has the copy',
    referenceSilent: 'The reference has no sound, and neither has the copy',
    noReference: 'Nobody ordered this video here: the sound is its own',
    soundPrepared: 'The reference is gone: its sound as it was prepared and sent',
    soundAsked: 'Sound moved by {{ms}} ms, as asked',
    soundBySound: 'Sound placed {{ms}} ms from the trim, as in the result ({{percent}} % sure)',
    soundByPicture:
      'The result’s own sound is {{resultMs}} ms off; the original is placed {{ms}} ms from the trim, as the pictures move ({{percent}} % sure)',
    soundByTrim: 'Sound placed by the trim; the result has none to compare',
    soundUnsure: 'Sound placed by the trim; comparing told nothing certain',
  },
} as const;
