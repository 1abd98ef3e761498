const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 26;

/** Makes ids of 130 random bits; from the platform's secure source unless `random` is given. */
export function idSource(random: (() => number) | undefined): () => string {
  return () => {
    const bytes = new Uint8Array(LENGTH);
    if (random) bytes.forEach((_, i) => (bytes[i] = Math.floor(random() * 256)));
    else crypto.getRandomValues(bytes);
    return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
  };
}
