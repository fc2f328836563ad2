/** A limiter that lets so many requests through in each window of milliseconds: told of each, says whether it may pass. */
export function rateLimit(most: number, milliseconds: number): () => boolean {
  let window = 0;
  let inWindow = 0;
  return () => {
    const now = Math.floor(Date.now() / milliseconds);
    inWindow = now === window ? inWindow + 1 : 1;
    window = now;
    return inWindow <= most;
  };
}
