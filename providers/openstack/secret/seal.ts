import { sshRecipient } from "./ssh-recipient.js";

/** Encrypts a text to recipients of age, in its text form, which `age --decrypt` reads too. */
export async function seal(text: string, recipients: readonly string[]): Promise<string> {
  const { armor, Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(sshRecipient(recipient) ?? recipient);
  return armor.encode(await encrypter.encrypt(text));
}
