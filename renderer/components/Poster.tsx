/** A still that may take its time or never come: asked for when it is seen, given up when it is gone, a quiet place where there is none. */
import { useEffect, useRef, useState } from 'react';

interface PosterProps {
  src: string;
  className?: string | undefined;
  /** Empty for what stands beside its name. */
  alt?: string;
}

export function Poster({ src, className, alt = '' }: PosterProps) {
  const [failedSrc, setFailedSrc] = useState<string | null>(null);
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const shown = image.current;
    shown?.setAttribute('src', src);
    // A picture that was scrolled away is not waited for: the server makes those that are in sight.
    return () => shown?.removeAttribute('src');
  }, [src]);
  if (failedSrc === src) {
    return (
      <span className={className} data-poster="none">
        <span className="visually-hidden">{alt}</span>
      </span>
    );
  }
  return (
    <img
      ref={image}
      className={className}
      src={src}
      alt={alt}
      loading="lazy"
      draggable={false}
      onError={() => setFailedSrc(src)}
    />
  );
}
