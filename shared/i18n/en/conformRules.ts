/** Why a copy for the timeline is not made: value, rule and way out. */
export const conformRules = {
  conform: {
    restamp: {
      title: 'Too far to play at another rate',
      value: '{{from}} fps as {{to}} fps',
      rule: 'Every frame once at another rate: only from a constant rate, and at most {{most}} % faster or slower.',
      fix: 'Let frames repeat or drop by exact time instead, or choose a nearer rate.',
    },
    size: {
      title: 'Odd sequence size',
      value: '{{width}}×{{height}}',
      rule: 'Both sides of a sequence must be even.',
      fix: 'Choose even sides, such as 1920×1080.',
    },
    small: {
      title: 'Too small for this codec',
      value: '{{width}}×{{height}}',
      rule: '{{preset}} needs at least {{minWidth}}×{{minHeight}}.',
      fix: 'Choose a larger sequence size, or ProRes or H.264.',
    },
    folder: {
      title: 'The folder for copies cannot be used',
      value: '{{folder}}',
      rule: 'It must be a folder that takes files, or a new one in a folder that is there.',
      fix: 'Connect its drive, change its permissions, or choose another folder.',
    },
    disk: {
      title: 'Not enough space for the copy',
      value: '{{freeMB}} MB free',
      rule: 'It needs up to {{neededMB}} MB on the disk of {{folder}}.',
      fix: 'Free some space, choose another disk, or a smaller codec; copies that are finished stay and are not made again.',
    },
    noOriginal: {
      title: 'The original sound is gone',
      value: '{{name}} is not there, and neither is what was prepared of it',
      rule: 'The original sound comes from the reference video, or from the clip that was sent.',
      fix: 'Put “{{name}}” back or add it again, or take the result’s own sound, or none.',
    },
    resultMissing: {
      title: 'The result’s file is missing',
      value: 'nothing at {{path}}',
      rule: 'A copy is made from the result’s file.',
      fix: 'Connect its drive, or rescan the library if “{{name}}” was moved.',
    },
    resultUnreadable: {
      title: 'The result’s file cannot be read',
      value: '{{path}}',
      rule: 'A copy is made from a video that can be read to its end.',
      fix: 'Play “{{name}}” in another program; if it is damaged, put it back from a backup.',
    },
    changed: {
      title: 'The result’s file was changed meanwhile',
      value: '{{path}}',
      rule: 'It must stay as it is while the copy is made.',
      fix: 'Wait until the other program is done with “{{name}}”, then try once more.',
    },
    encoder: {
      title: 'This ffmpeg cannot make it',
      value: 'no encoder {{encoder}}',
      rule: 'The copy needs an ffmpeg with this encoder.',
      fix: 'Choose another codec, or name a full build of ffmpeg in Settings.',
    },
    notAsPlanned: {
      title: 'The copy is not as it should be',
      value: '{{what}}: {{found}}',
      rule: 'It must be: {{wanted}}. What differs is thrown away.',
      fix: 'Try once more, or choose another codec; the log has the details.',
    },
  },
} as const;
