/** The still of a card. It is asked for when the card has stayed in sight for a moment and given up when it leaves: a fling does not queue hundreds. */
import { useEffect, useRef, useState } from 'react';

const restMs = 60;

export function CardStill({ src }: { src: string }) {
  const image = useRef<HTMLImageElement>(null);
  const [failedSrc, setFailedSrc] = useState<string | null>(null);
  useEffect(() => {
    const shown = image.current;
    const timer = setTimeout(() => shown?.setAttribute('src', src), restMs);
    return () => {
      clearTimeout(timer);
      shown?.removeAttribute('src');
    };
  }, [src]);
  if (failedSrc === src) return null;
  return <img ref={image} alt="" draggable={false} decoding="async" onError={() => setFailedSrc(src)} />;
}
