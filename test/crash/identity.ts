import { armor, Decrypter } from "age-encryption";

/** To whom `deliveries` encrypts. Nothing else is. */
const IDENTITY = "AGE-SECRET-KEY-1RM673NGQVW49PRVK42RSNN9WX7P8G5DV2ESWXQTS3HMRN7VQDXESV443YG";

/** What a delivered text says, encrypted or not. Throws where it cannot be read. */
export async function opened(text: string): Promise<string> {
  if (!text.startsWith("-----BEGIN AGE ENCRYPTED FILE-----")) return text;
  const decrypter = new Decrypter();
  decrypter.addIdentity(IDENTITY);
  return decrypter.decrypt(armor.decode(text), "text");
}
