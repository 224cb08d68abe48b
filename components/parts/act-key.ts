/** A key for one act. `crypto.randomUUID` is missing on pages served without TLS, as many offices' are. */
export function newActKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
