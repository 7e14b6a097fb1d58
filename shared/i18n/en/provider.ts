/** What the provider's refusals and failures mean for a person, and what to do. */
export const provider = {
  /** By a task's error code: advice. */
  task: {
    content:
      'The provider’s content check refused this. Change the character image, the reference video or the prompt, then order again.',
    realPerson:
      'The provider does not take pictures of real people here. Use a drawn or rendered character. Named: {{input}}.',
    celebrity: 'The provider sees a well-known person. Use somebody else. Named: {{input}}.',
    copyright: 'The provider sees a protected work or brand. Take it out, or use something else. Named: {{input}}.',
    videoUnreadable:
      'The provider cannot read the reference video. Prepare it with another preset, or use another clip.',
    parameters: 'The provider refuses these inputs. Its own words name which one; change that, then order again.',
    imageSize: 'The character image does not fit the order. Use one with other sides or another aspect ratio.',
    imageUnreadable: 'The provider cannot read the character image. Save it again as JPEG or PNG, or use another one.',
    cancelled: 'The task was cancelled at the provider.',
    notFound: 'The provider no longer finds something that this order needs. Order again with the same inputs.',
    timeout: 'The generation took too long at the provider.',
    busy: 'The provider has no capacity at the moment.',
    service: 'Something failed at the provider.',
    noContent: 'The provider made no result. A clearer, steadier reference video may help.',
    quota: 'A quota or rate limit was reached at the provider.',
    unknown: 'The provider does not say why it failed.',
  },
  /** The input that the server's words are about. */
  input: {
    image: 'the character image',
    video: 'the reference video',
    prompt: 'the prompt',
    any: 'not said; it can be the character image, the reference video or the prompt',
  },
  retry: {
    may: 'A new try after a minute may help. It is a new order and may cost credits again.',
    no: 'The same order again would fail again.',
  },
  /** By what stopped a request. */
  failure: {
    network: 'EvoLink cannot be reached.',
    timeout: 'EvoLink did not answer in time.',
    auth: 'EvoLink does not accept the API key.',
    credits: 'The account does not have enough credits.',
    rateLimit: 'EvoLink asks to slow down.',
    forbidden: 'The API key is not allowed to do this.',
    tooLarge: 'The file is too large for EvoLink.',
    notFound: 'EvoLink does not know this task or file.',
    invalid: 'EvoLink refuses the request: {{message}}',
    quota: 'The account’s file storage is full.',
    idempotencyConflict: 'EvoLink already knows this order with other content.',
    outcomePending: 'EvoLink is still settling the first attempt.',
    server: 'EvoLink has a problem of its own: {{message}}',
    unreadable: 'EvoLink’s answer cannot be read.',
    cancelled: 'The request was cancelled.',
  },
} as const;
