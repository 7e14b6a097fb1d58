/** Hands a text to the system as a file, the way a page saves one. */

/** No sign that a system keeps for itself. Answers the name. */
export function saveText(text: string, name: string, extension: string): string {
  const plain = name.replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ').trim() || 'Restage';
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${plain}${extension}`;
  link.click();
  // The download has taken its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return link.download;
}
