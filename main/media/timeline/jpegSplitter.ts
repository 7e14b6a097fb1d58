/** Cuts a stream of JPEG pictures, one after another on a pipe, into single ones. */

const END = Buffer.from([0xff, 0xd9]);

/** ffmpeg's mjpeg writes no thumbnails and no stray end markers: the marker ends the picture. */
export function createJpegSplitter(onPicture: (picture: Buffer) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(END); end >= 0; end = pending.indexOf(END)) {
      onPicture(pending.subarray(0, end + END.length));
      pending = pending.subarray(end + END.length);
    }
  };
}
