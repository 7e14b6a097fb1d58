/** What went wrong, coarsely, one text per ErrorCode. */
export const errors = {
  refused: { title: 'Not accepted', advice: 'See the reasons; nothing was changed.' },
  notFound: { title: 'Not found', advice: 'Check the name or id.' },
  sourceMissing: { title: 'The source file is missing', advice: 'Put the file back or add it again.' },
  sourceUnreadable: {
    title: 'The file cannot be read',
    advice: 'Play it in another program; export it again if it is damaged.',
  },
  outputNotWritable: {
    title: 'The folder cannot be written to',
    advice: 'Choose another folder or change its rights.',
  },
  diskFull: { title: 'The disk is full', advice: 'Free some space; work goes on by itself.' },
  toolMissing: { title: 'No working ffmpeg', advice: 'Install ffmpeg, or name it in Settings.' },
  toolFailed: { title: 'ffmpeg could not process the file', advice: 'Try once more; the log has the details.' },
  deadline: { title: 'It took too long', advice: 'Try once more; the log has the details.' },
  cancelled: { title: 'Cancelled', advice: 'Nothing was left behind.' },
  network: { title: 'No connection', advice: 'It is tried again when the line is back.' },
  apiKey: { title: 'The API key is missing or not accepted', advice: 'Check the key in Settings.' },
  credits: { title: 'Not enough credits', advice: 'Top up the account; waiting jobs go on by themselves.' },
  rateLimit: { title: 'Too many requests', advice: 'It is tried again in a moment.' },
  server: { title: 'The provider answered with an error', advice: 'Try again later; the log has its words.' },
  conflict: { title: 'In conflict with what exists', advice: 'See the reasons.' },
  storage: { title: 'A file of the profile cannot be used', advice: 'See the reasons; nothing was changed.' },
  needsConsent: { title: 'Your word is needed', advice: 'Say yes or no; nothing has been done yet.' },
  internal: {
    title: 'Something went wrong inside Restage',
    advice: 'Try once more; the log has the details for a report.',
  },
} as const;
