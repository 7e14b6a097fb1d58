/** What Restage uses of heic-decode, which ships no types: libheif in WebAssembly. */
declare module 'heic-decode' {
  interface DecodedImage {
    width: number;
    height: number;
    /** RGBA, 8 bits each. */
    data: Uint8ClampedArray;
  }
  function decode(options: { buffer: Uint8Array }): Promise<DecodedImage>;
  // biome-ignore lint/style/noDefaultExport: the package exports it so.
  export default decode;
}
