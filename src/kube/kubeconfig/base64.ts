/** As many bytes as nearly all certificates have; longer ones are read the slow way. */
const ROOM = new Uint8Array(16_384);
const SPACES = [" ", "\t", "\f"];
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether kubectl reads a text as base64: with its padding, and with line breaks, but with no other space in it. */
export function isBase64(text: string): boolean {
  if (SPACES.some((space) => text.includes(space))) return false;
  if (text.length < ROOM.length && isStrict(text)) return true;
  const bare = text.replace(/[\r\n]/g, "");
  return bare.length % 4 === 0 && BASE64.test(bare);
}

/** The runtime's own reader, thirty times as quick, refuses more than kubectl does. */
function isStrict(text: string): boolean {
  try {
    ROOM.setFromBase64(text, { lastChunkHandling: "strict" });
    return true;
  } catch {
    return false;
  }
}
