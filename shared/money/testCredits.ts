/** The sandbox's money is called test credits wherever money is named: the context of the texts that name it. Pure. */

/** For a text that has a wording of its own (`_test`) for the sandbox; nothing for the real account. */
export function creditsOf(isSandbox: boolean | undefined): { context?: 'test' } {
  return isSandbox === true ? { context: 'test' } : {};
}
