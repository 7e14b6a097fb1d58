/** What Restage uses of heic-decode, which ships no types: libheif in WebAssembly. */
declare module 'heic-decode' {
  interface DecodedImage {
    width: number;
    height: number;
    /** RGBA, 8 bits each. */
    data: Uint8ClampedArray;
  }
  /** Not decoded yet; `dispose` frees what libheif holds. */
  interface DecodableImage {
    width: number;
    height: number;
    decode(): Promise<DecodedImage>;
  }
  function decode(options: { buffer: Uint8Array }): Promise<DecodedImage>;
  namespace decode {
    function all(options: { buffer: Uint8Array }): Promise<DecodableImage[] & { dispose?: () => void }>;
  }
  // biome-ignore lint/style/noDefaultExport: the package exports it so.
  export default decode;
}
