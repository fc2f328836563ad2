/** The line of a place in a text, from 1; places in their order cost one walk through the text. */
export function lineCounter(text: string): (offset: number) => number {
  let [line, at] = [1, 0];
  return (offset) => {
    if (offset < at) [line, at] = [1, 0];
    for (let feed = text.indexOf("\n", at); feed !== -1 && feed < offset; line++) {
      at = feed + 1;
      feed = text.indexOf("\n", at);
    }
    return line;
  };
}
