/** What is to be done when this process ends. */
const duties = new Set<() => void>();

/** Has something done when this process ends by itself, as by a second Ctrl-C, until the answer is called. */
export function atExit(duty: () => void): () => void {
  if (duties.size === 0) process.on("exit", doAll);
  duties.add(duty);
  return () => {
    duties.delete(duty);
    if (duties.size === 0) process.off("exit", doAll);
  };
}

function doAll(): void {
  for (const duty of duties) duty();
}
