/** Base64 of a text that has a PEM certificate in it, whatever stands before and after: bundles have comments. */
export const PEM_BASE64 = new RegExp(
  `^(?=.*${spelt("-----BEGIN CERTIFICATE-----")}.*${spelt("-----END CERTIFICATE-----")})` +
    "(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
);

/** How base64 spells a text, by where in a group of three bytes it begins; without what depends on its neighbours. */
function spelt(text: string): string {
  const spellings = [0, 1, 2].map((before) => {
    const bits = 8 * (before + text.length);
    return btoa(`${"\0".repeat(before)}${text}\0\0`).slice(Math.ceil(8 * before / 6), Math.floor(bits / 6));
  });
  return `(?:${spellings.join("|").replaceAll("+", "\\+")})`;
}
