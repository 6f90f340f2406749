/** A content of about that many bytes that ends in its own check sum, so that a cut or mixed one can be told. */
export function seal(length: number): Uint8Array<ArrayBuffer> {
  const stamp = `${crypto.randomUUID()}\n`;
  const body = new TextEncoder().encode(stamp.repeat(1 + Math.floor(length / stamp.length)));
  const trailer = new TextEncoder().encode(`sum ${sumOf(body)}\n`);
  const sealed = new Uint8Array(body.length + trailer.length);
  sealed.set(body);
  sealed.set(trailer, body.length);
  return sealed;
}

export function isSealed(bytes: Uint8Array): boolean {
  const tail = new TextDecoder().decode(bytes.subarray(-32));
  const trailer = /sum \d+\n$/.exec(tail)?.[0];
  if (trailer === undefined) return false;
  return trailer === `sum ${sumOf(bytes.subarray(0, bytes.length - trailer.length))}\n`;
}

/** FNV-1a, 32 bits. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) sum = Math.imul(sum ^ bytes[at]!, 0x01000193) >>> 0;
  return sum;
}
