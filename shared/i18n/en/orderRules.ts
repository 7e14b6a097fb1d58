/** Why an order, a file, a job or a profile is refused: each with the value found, the rule, and the way out. */
export const orderRules = {
  kind: {
    clip: {
      title: 'A video is needed here',
      value: '“{{name}}” is not a video',
      rule: 'The reference must be a video.',
      fix: 'Choose a video file; pictures go into the character field.',
    },
    image: {
      title: 'A picture is needed here',
      value: '“{{name}}” is not a picture',
      rule: 'The character must be a still image.',
      fix: 'Choose a picture; videos go into the motion field.',
    },
  },
  folder: {
    absolute: {
      title: 'Not a whole path',
      value: '“{{path}}”',
      rule: 'The folder must be named from the root of its drive.',
      fix: 'Copy the folder’s path from the file manager and paste it here.',
    },
    writable: {
      title: 'This folder cannot be used',
      value: 'nothing can be written to “{{path}}”',
      rule: 'Results are written there, so it must be a folder that you may change.',
      fix: 'Choose another folder, or connect its drive.',
    },
  },
  line: {
    proxy: {
      title: 'Not the address of a proxy',
      value: '“{{value}}”',
      rule: 'A proxy is http:// or https://, a host and a port, without name and password.',
      fix: 'Write http://HOST:PORT, or direct. A name and a password belong in HTTPS_PROXY.',
    },
    authority: {
      title: 'No certificates in this file',
      value: '“{{value}}”',
      rule: 'It must be a file in PEM form with at least one certificate (BEGIN CERTIFICATE).',
      fix: 'Ask for the certificate of your studio’s authority as PEM, and name that file.',
    },
  },
  program: {
    absolute: {
      title: 'Not a whole path',
      value: '“{{path}}”',
      rule: 'The program must be named from the root of its drive.',
      fix: 'Give the whole path of the program.',
    },
    executable: {
      title: 'This is not a program',
      value: '“{{path}}” is not a file that may be run',
      rule: 'It must be a program that its owner has made executable; Restage never changes that.',
      fix: 'Give the path of the program itself, or make it executable first.',
    },
  },
  source: {
    missing: {
      title: 'The file is not there',
      value: 'nothing at {{path}}',
      rule: 'The source file must be where it was when it was added.',
      fix: 'Put “{{name}}” back, connect its drive, or add it again from where it is now.',
    },
    changed: {
      title: 'The file has changed',
      value: '“{{name}}” has other content than when it was added',
      rule: 'An order sends the file that was checked.',
      fix: 'Restore the original, or add the new file and order again.',
    },
  },
  asset: {
    unknown: {
      title: 'Unknown file',
      value: 'no file with the id {{id}}',
      rule: 'An order names files that were added to this profile.',
      fix: 'Add the file again.',
    },
  },
  prepared: {
    unknown: {
      title: 'Unknown prepared take',
      value: 'no prepared take with the id {{id}}',
      rule: 'Only takes on the shelf can be used.',
      fix: 'Prepare the clip again.',
    },
    gone: {
      title: 'The prepared take is gone',
      value: 'the file of take {{id}} is not in the cache any more',
      rule: 'A take is used as it was made.',
      fix: 'Prepare the clip again; nothing else is lost.',
    },
  },
  job: {
    unknown: {
      title: 'Unknown job',
      value: 'no job with the id {{id}}',
      rule: 'The id must be one that the job list shows.',
      fix: 'Look at the list of jobs for the right id.',
    },
    isFinal: {
      title: 'The job is over',
      value: 'job {{id}} is {{state}}',
      rule: 'Only a job that is still going on can be changed.',
      fix: 'Order again, or retry it as a new job.',
    },
    isSubmitted: {
      title: 'The order is with the provider',
      value: 'job {{id}} is {{state}}',
      rule: 'After submission an order cannot be taken back; the provider offers no cancelling.',
      fix: 'Hide the job instead: it is still watched and its result fetched.',
    },
    queueIsHeld: {
      title: 'The whole queue is held',
      value: 'job {{id}} is {{state}}',
      rule: 'While the queue is held, no single job goes on.',
      fix: 'Resume the queue, or run restage jobs resume-all.',
    },
    notRetryable: {
      title: 'Nothing to retry',
      value: 'job {{id}} is {{state}}',
      rule: 'A finished job is not run again by itself.',
      fix: 'Order the same clip and character again for another take.',
    },
    noOutcomeQuestion: {
      title: 'Nothing to decide',
      value: 'job {{id}} is {{state}}',
      rule: 'Only an order whose answer was lost asks for a decision.',
      fix: 'Look at the job: it goes on by itself or says what it waits for.',
    },
    noBudgetQuestion: {
      title: 'No limit in the way',
      value: 'job {{id}} is {{state}}',
      rule: 'Only a job that waits for your spending limit can be let through.',
      fix: 'Look at the job: it goes on by itself or says what it waits for.',
    },
    taskClaimed: {
      title: 'That task belongs to another job',
      value: 'task {{task}} has a job already',
      rule: 'A task of the provider belongs to one job.',
      fix: 'Choose another task from the list.',
    },
  },
  order: {
    otherRecipe: {
      title: 'The order exists with other content',
      value: 'job {{id}} has the same order name and another recipe',
      rule: 'One order name stands for one order.',
      fix: 'Use another name for a different order.',
    },
    limitsLost: {
      title: 'Your spending limits may be gone',
      value: 'the settings file was damaged',
      rule: 'Limits that were set went with it, so nothing was ordered.',
      fix: 'Set them again in Settings; or order once more, on the command line with --yes, to go on without.',
    },
    price: {
      title: 'Please confirm the price',
      value: '{{low}} to {{high}} credits',
      rule: 'Restage spends credits only when told to. An order cannot be undone.',
      fix: 'Confirm the price to order.',
    },
  },
  disk: {
    full: {
      title: 'The disk is full',
      value: '{{neededBytes}} bytes needed',
      rule: 'The file does not fit on the disk of {{folder}}.',
      fix: 'Make room there; it goes on by itself.',
    },
  },
  library: {
    unknown: {
      title: 'Unknown result',
      value: 'no result with the id {{id}}',
      rule: 'The id must be one that the library shows.',
      fix: 'Search the library for the result.',
    },
    folder: {
      title: 'The library folder is not there',
      value: 'no folder at {{folder}}',
      rule: 'Results are moved into the library folder; until it is back they wait safely in the profile.',
      fix: 'Connect the drive, or choose another folder in Settings.',
    },
    noFolder: {
      title: 'There is no such folder',
      value: 'no folder at {{folder}}',
      rule: 'Only a folder can be imported.',
      fix: 'Name a folder that holds videos.',
    },
    recordLong: {
      title: 'Too many notes',
      value: '“{{name}}”: its record would grow over {{max}} characters',
      rule: 'A result’s record is kept short, so that lists stay quick.',
      fix: 'Remove notes, or shorten them.',
    },
    newer: {
      title: 'Written by a newer Restage',
      value: '“{{name}}”: recipe of version {{version}}; this Restage writes {{known}}',
      rule: 'A newer recipe is shown, and never changed: what it holds beyond this version would be lost.',
      fix: 'Update Restage to change this result.',
    },
    searches: {
      title: 'Too many saved searches',
      value: '“{{name}}” would be one more than {{max}}',
      rule: 'At most {{max}} searches are kept.',
      fix: 'Remove one that you no longer need.',
    },
  },
  profile: {
    folder: {
      title: 'The profile folder cannot be used',
      value: '{{path}} ({{errno}})',
      rule: 'Restage must be able to write into its profile folder.',
      fix: 'Choose another folder with --profile, or change the rights of this one.',
    },
    held: {
      title: 'Another program holds this profile',
      value: '{{path}} is in use and its owner does not answer',
      rule: 'One program runs a profile at a time.',
      fix: 'Close the other Restage, or use another profile.',
    },
    holderLost: {
      title: 'The other Restage has gone',
      value: 'the program that ran this profile ended',
      rule: 'Requests are carried by the program that runs the profile.',
      fix: 'Run the command again; what was ordered is on disk.',
    },
  },
  storage: {
    newer: {
      title: 'The profile is from a newer Restage',
      value: '{{file}} has version {{found}}, this program knows {{known}}',
      rule: 'An older program does not touch newer data.',
      fix: 'Update Restage, or use another profile.',
    },
  },
  origin: {
    form: {
      title: 'Not an address',
      value: '{{value}}',
      rule: 'The address must be a whole URL with nothing behind the host.',
      fix: 'Write it like https://host:port, or remove the variable.',
    },
    https: {
      title: 'Not a safe address',
      value: '{{value}}',
      rule: 'Other machines are spoken to over HTTPS only.',
      fix: 'Use https://, or an address on this machine.',
    },
    key: {
      title: 'The stored key stays at home',
      value: '{{value}}',
      rule: 'A stored key goes only to the provider it was entered for.',
      fix: 'Give the key in EVOLINK_API_KEY together with this address, or remove the variable.',
    },
  },
  apiKey: {
    form: {
      title: 'Not a key',
      value: 'a text of {{length}} characters',
      rule: 'A key is one word of Latin letters, digits and signs: no blanks, line breaks or quotes, and no "Bearer" before it.',
      fix: 'Copy it anew from https://evolink.ai/dashboard/keys.',
    },
    missing: {
      title: 'No API key',
      value: 'no key is stored',
      rule: 'EvoLink needs an API key.',
      fix: 'Enter your key in Settings or set EVOLINK_API_KEY; or work in the sandbox.',
    },
    keychain: {
      title: 'The keychain did not take the key',
      value: 'the system’s keychain refused, or stayed locked',
      rule: 'A key is kept in the keychain of your system, or not at all.',
      fix: 'Unlock the keychain (on Linux: the keyring) and enter the key again; or start Restage with EVOLINK_API_KEY for this session.',
    },
    otherAccount: {
      title: 'This job belongs to another key',
      value: 'the stored key is another account’s',
      rule: 'A job talks only to the account it was ordered on.',
      fix: 'Enter the key of that account again.',
    },
    sameAccount: {
      title: 'Is this the same EvoLink account?',
      value: 'another key was used before',
      rule: 'Jobs, uploads and elements belong to an account.',
      fix: 'Say whether the new key belongs to the same account.',
    },
  },
  prices: {
    value: {
      title: 'Not a possible price',
      value: '{{name}}: {{found}}',
      rule: 'A price is a number of credits above zero, with at most eight decimals.',
      fix: 'Give another price, or leave it empty for the published one.',
    },
  },
  naming: {
    empty: {
      title: 'A name of nothing',
      value: '“{{template}}”',
      rule: 'Something of the name must be left to write.',
      fix: 'Add a token, for example {clip}.',
    },
    length: {
      title: 'The template is too long',
      value: '“{{template}}”',
      rule: 'A template has at most {{max}} characters.',
      fix: 'Shorten it.',
    },
    token: {
      title: 'Unknown token',
      value: '{{token}}',
      rule: 'Only the listed tokens may stand in braces.',
      fix: 'Choose one of them, or remove the braces.',
    },
    characters: {
      title: 'Not possible in a file name',
      value: '{{characters}}',
      rule: 'Some systems do not allow this in file names.',
      fix: 'Remove it.',
    },
  },
  limits: {
    value: {
      title: 'Not a possible limit',
      value: '{{target}} · {{name}}',
      rule: 'The value must be in the range that tools can handle.',
      fix: 'Give another value, or remove the limit in Settings.',
    },
    order: {
      title: 'The smallest is above the largest',
      value: '{{target}} · {{name}}',
      rule: 'With this pair no file could ever be sent.',
      fix: 'Change one of the two.',
    },
    twice: {
      title: 'The same limit twice',
      value: '{{target}} · {{name}}',
      rule: 'A limit has one value.',
      fix: 'Remove one of the two.',
    },
  },
  project: {
    required: {
      title: 'Project',
      value: 'none',
      rule: 'By your settings every order belongs to a project.',
      fix: 'Enter a project (on the command line --project NAME), or switch that off under Settings › Projects.',
    },
  },
  port: {
    taken: {
      title: 'Port in use',
      value: 'port {{value}} is taken by another program',
      rule: 'The sandbox keeps one port of its own.',
      fix: 'Name another port with --port, or end the program that uses it.',
    },
  },
  input: {
    form: {
      title: 'Input of the wrong form',
      value: '{{message}}',
      rule: 'The value does not have the expected form.',
      fix: 'Correct the value and try again.',
    },
  },
} as const;
