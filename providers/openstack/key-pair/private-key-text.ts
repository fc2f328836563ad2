/**
 * Whether a text holds, or seems to hold, a private key: a PEM or PuTTY file, or the bare base64
 * of OpenSSH's or PKCS's format. Such a text is never quoted.
 */
export function holdsPrivateKey(text: string): boolean {
  return PRIVATE.some((pattern) => pattern.test(text));
}

const PRIVATE: readonly RegExp[] = [
  /(?:BEGIN|END) [A-Z0-9 ]*PRIVATE KEY/u,
  /^PuTTY-User-Key-File-/imu,
  /^Private-key-format:/imu,
  // "openssh-key-v1" in base64.
  /b3BlbnNzaC1rZXktdjE/u,
];
