import { doesNotMatch, equal, ok } from "node:assert/strict";
import { findEncoded } from "../../src/encoded_texts.ts";
import { hideInAnswer, hideRecordedTexts } from "../../src/hidden_texts.ts";
import { jsonLine, logfmtLine } from "../../src/log/log_line.ts";
import { Secret } from "../../src/secret.ts";
import { RandomSource } from "../support/random/source.ts";

const SECRETS = [
  "SESSION/secret+TOKEN/cccccccccccc+dddd==",
  "quo\"ted\\<and>&more's+/=",
  "short/+8",
  "with white space/and more",
  "ünïcode/sécret+☃",
  "percent%2Bliteral&amp;/x",
];

const entities = (encode: (code: number) => string) => (text: string) =>
  [...text].map((one) => /\w/.test(one) ? one : encode(one.codePointAt(0)!)).join("");
const NAMES: Readonly<Record<string, string>> = { "/": "sol", "+": "plus", "=": "equals", "&": "amp", "%": "percnt" };
const hexByte = (byte: number) => byte.toString(16).padStart(2, "0");
const escaped = (encode: (byte: number) => string) => (text: string) =>
  [...new TextEncoder().encode(text)].map(encode).join("");
const separated = (encode: (byte: number) => string, separator: string) => (text: string) =>
  [...new TextEncoder().encode(text)].map(encode).join(separator);
const base64 = (before: string, alphabet: "base64" | "base64url" = "base64") => (text: string) =>
  new TextEncoder().encode(`${before}${text}`).toBase64({ alphabet });
const percent = (text: string) => encodeURIComponent(text);

/** What servers and programs make of what they repeat. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "JSON": (text) => JSON.stringify(text).slice(1, -1),
  "JSON with escaped slashes": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON with code units": (text) =>
    text.replaceAll(/[^a-z]/gi, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "JSON with code units in capitals": (text) =>
    text.replaceAll(/[^a-z]/gi, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  "HTML by numbers": entities((code) => `&#${code};`),
  "HTML by numbers alone": (text) => [...text].map((one) => `&#${one.codePointAt(0)}`).join(""),
  "HTML by hexadecimal numbers": entities((code) => `&#x${code.toString(16).toUpperCase()};`),
  "HTML in HTML": (text) => entities((code) => `&#${code};`)(text).replaceAll("&", "&amp;"),
  "HTML by names": (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;"),
  "HTML by all names": (text) =>
    text.replaceAll(/[^\w\s]/g, (one) => one in NAMES ? `&${NAMES[one]};` : entities((code) => `&#${code};`)(one)),
  "C by hexadecimal numbers": escaped((byte) => `\\x${hexByte(byte)}`),
  "C by octal numbers": escaped((byte) => `\\${byte.toString(8).padStart(3, "0")}`),
  "C by octal numbers as short as they are": escaped((byte) => `\\${byte.toString(8)}`),
  "C by long hexadecimal numbers": escaped((byte) => `\\x00${hexByte(byte)}`),
  "C by names of characters": (text) =>
    [...text].map((one) => `\\U${one.codePointAt(0)!.toString(16).padStart(8, "0")}`).join(""),
  "JavaScript by code points": (text) => [...text].map((one) => `\\u{${one.codePointAt(0)!.toString(16)}}`).join(""),
  "Perl by code points": (text) => [...text].map((one) => `\\x{${one.codePointAt(0)!.toString(16)}}`).join(""),
  "bytes as a list": separated(String, ","),
  "bytes by blanks": separated(String, " "),
  "bytes as a list, of base64": (text) => separated(String, ", ")(base64("")(text)),
  "hex of base64": (text) => new TextEncoder().encode(base64("")(text)).toHex(),
  "C on several lines": (text) => text.replaceAll(/.{5}(?=.)/g, "$&\\\n"),
  "C by vertical tabs": (text) => text.replaceAll(/.{5}(?=.)/g, "$&\\v"),
  "hex as a list of texts": separated((byte) => hexByte(byte), '", "'),
  "hex by slashes": separated((byte) => hexByte(byte), "/"),
  "hex as assemblers have it": separated((byte) => `${hexByte(byte)}h`, " "),
  "hex by colons": separated((byte) => hexByte(byte), ":"),
  "hex by dashes": separated((byte) => hexByte(byte).toUpperCase(), "-"),
  "hex by blanks": separated((byte) => hexByte(byte), " "),
  "hex as a list": separated((byte) => `0x${hexByte(byte)}`, ", "),
  "percent": percent,
  "percent in lower case": (text) => percent(text).replaceAll(/%../g, (one) => one.toLowerCase()),
  "percent in percent": (text) => percent(percent(text)),
  "percent in JSON": (text) => JSON.stringify(percent(text)).slice(1, -1),
  "broken by lines": (text) => text.replaceAll(/.{5}(?=.)/g, "$&\n "),
  "base64": base64(""),
  "base64 after one byte": base64("u"),
  "base64 after two bytes": base64("u:"),
  "base64 byte by byte": separated((byte) => btoa(String.fromCharCode(byte)), " "),
  "base64 byte by byte, without padding": separated((byte) => btoa(String.fromCharCode(byte)).slice(0, 2), ","),
  "base64 of base64": (text) => base64("")(base64("")(text)),
  "base64url of hex": (text) => base64("", "base64url")(new TextEncoder().encode(text).toHex()),
  "base64 in JSON": (text) => base64("")(text).replaceAll("/", "\\/"),
  "base64 in a URL": (text) => percent(base64("")(text)),
  "base64 by lines": (text) => base64("")(text).replaceAll(/.{8}(?=.)/g, "$&\r\n"),
  "base64url": base64("", "base64url"),
  "base64url after one byte": base64("u", "base64url"),
  "hex": (text) => new TextEncoder().encode(text).toHex(),
  "hex in capitals": (text) => new TextEncoder().encode(text).toHex().toUpperCase(),
};

/** Where a text goes; the part before and after it stays. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  "a message": hideRecordedTexts,
  "a server's words": hideInAnswer,
  "a server's words in a message": (text) => hideRecordedTexts(hideInAnswer(text)),
  "JSON output": (text) => JSON.parse(hideRecordedTexts(JSON.stringify({ text }))).text,
  "a line of the log": (text) => JSON.parse(logfmtLine({ text }).slice("text=".length)),
  "a line of JSON of the log": (text) => JSON.parse(jsonLine({ text })).text,
};

for (const [form, write] of Object.entries(FORMS)) {
  for (const [place, show] of Object.entries(PLACES)) {
    Deno.test(`a secret is hidden: ${form}, in ${place}`, () => {
      for (const secret of SECRETS) {
        new Secret(secret);
        equal(show(`blocked: ${write(secret)} !`).replaceAll(/\s+/g, " "), "blocked: [secret] !", write(secret));
        const twice = show(`a ${write(secret)} b (${write(secret)}) c`).replaceAll(/\s+/g, " ");
        equal(twice, "a [secret] b ([secret]) c", write(secret));
      }
    });
  }
}

Deno.test("a secret is hidden that stands after a NUL of JSON, whatever it begins with", () => {
  new Secret('abcd/efGH"ijklmnop+qrst==');
  const text = JSON.stringify({ m: `user\u0000abcd/efGH"ijklmnop+qrst==` }).replaceAll("/", "\\/");
  for (const show of [hideRecordedTexts, hideInAnswer]) doesNotMatch(show(text), /efGH|ijkl/);
});

Deno.test("what is no secret stays as it is, whatever is escaped in it", () => {
  new Secret("SESSION/secret+TOKEN/cccccccccccc+dddd==");
  const texts = [
    "50% of \\u0041 &amp; &#65; &#x110000; &#9999999; %zz %C3%28 \\q \\",
    "arn:aws:iam::123456789012:role/deployer U0VTU0lPTg== 53455353",
    "SESSION secret TOKEN",
  ];
  for (const text of texts) for (const show of [hideRecordedTexts, hideInAnswer]) equal(show(text), text);
});

Deno.test("a long text with many secrets is looked through quickly", () => {
  for (let count = 0; count < 50; count++) new Secret(`many/secrets+${count}/${"x".repeat(1000)}`);
  const begun = performance.now();
  const text = "a line with %2F and \\/ and words\n".repeat(1_500);
  doesNotMatch(hideInAnswer(`${text}${encodeURIComponent(SECRETS[0]!).toLowerCase()}`), /TOKEN/);
  ok(performance.now() - begun < 2_000, `${performance.now() - begun} ms`);
});

Deno.test("whatever stands where an escape could be is looked through", () => {
  const letters = [
    "\\",
    "/",
    "u",
    "U",
    "N",
    "B",
    "n",
    '"',
    "%",
    "&",
    "#",
    "x",
    "X",
    "A",
    "f",
    "9",
    "0",
    ";",
    "amp",
    "\n",
  ];
  const random = new RandomSource(20261129);
  for (let count = 0; count < 5_000; count++) {
    const text = Array.from({ length: 12 }, () => letters[random.below(letters.length)]).join("");
    equal(Array.isArray(findEncoded(text, ["secret-of-mine"])), true, text);
  }
  for (const escape of ["\\N", "\\B", "\\U0041", "&#9999999;", "&#xFFFFFF;", "%FF%FE", "&AMP;", "\\u12"]) {
    equal(findEncoded(`${escape}${"secret-of-mine"}${escape}`, ["secret-of-mine"]).length, 1, escape);
  }
});

Deno.test("encoded texts: a text that is longer than any answer is looked for in none, however long", () => {
  const long = "x%41".repeat(300_000);
  equal(findEncoded("x%41".repeat(10_000), [long]).length, 0);
  equal(findEncoded(`a ${long}`, [SECRETS[0]!]).length, 0);
  const most = "x%41".repeat(16_000);
  equal(findEncoded(encodeURIComponent(most).slice(0, 65_000), [most]).length, 0);
});
