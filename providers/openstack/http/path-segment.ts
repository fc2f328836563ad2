import { CloudError } from "../../../engine/model/errors.js";

/**
 * A text as one segment of a path. Throws `server-error` for one that a URL cannot hold, or that would
 * lead to another place: nothing, `.`, `..`, half a character.
 */
export function pathSegment(text: string): string {
  if (/^\.{0,2}$|\p{Cs}/u.test(text)) {
    throw new CloudError(
      "server-error",
      `${JSON.stringify(text)} is no name or id that a URL can hold`,
      { effect: "none" },
      { help: "Correct it where it comes from: the cloud, the state file or clouds.yaml." },
    );
  }
  return encodeURIComponent(text);
}
