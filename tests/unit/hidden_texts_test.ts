import { equal } from "node:assert/strict";
import {
  hideInAnswer,
  hideRecordedTexts,
  recordFetched,
  recordPassingSecret,
  recordSaid,
  recordSecret,
  revealFetched,
} from "../../src/hidden_texts.ts";
import { recordSentSecrets } from "../../src/host/net/sent_secrets.ts";
import { Secret } from "../../src/secret.ts";

const TOKEN = 'tok/en+1 "x"&<y>=';
const LONG = "eyJhbGciOiJSUzI1NiJ9.abcdefghijklmnopqrstuvwxyz.0123456789";

Deno.test("hidden texts: a secret is hidden as it is, and as URLs, forms, JSON and HTML have it", () => {
  new Secret(TOKEN);
  const spellings = [
    TOKEN,
    encodeURIComponent(TOKEN),
    new URLSearchParams({ t: TOKEN }).toString().slice(2),
    JSON.stringify(TOKEN).slice(1, -1),
    "tok/en+1 &quot;x&quot;&amp;&lt;y&gt;=",
  ];
  for (const one of spellings) equal(hideRecordedTexts(`a=${one}&b`), "a=[secret]&b", one);
});

Deno.test("hidden texts: so is what was cut from either end of a long one", () => {
  new Secret(LONG);
  equal(hideRecordedTexts(`told ${LONG}, ${LONG}!`), "told [secret], [secret]!");
  for (let length = 16; length < LONG.length; length++) {
    equal(hideRecordedTexts(`told ${LONG.slice(0, length)}…`), "told [secret]…");
    equal(hideRecordedTexts(`…${LONG.slice(-length)} was told`), "…[secret] was told");
  }
});

Deno.test("hidden texts: in answers a short secret is hidden as a word, a value that may be shown not at all", () => {
  new Secret("tale");
  new Secret("abc");
  new Secret("AKIASHOWN", { isShown: true });
  equal(hideInAnswer('tale "tale" tales abc AKIASHOWN'), '[secret] "[secret]" tales abc AKIASHOWN');
  equal(hideRecordedTexts("a tale of our own words"), "a tale of our own words");
});

Deno.test("hidden texts: a secret of letters alone is hidden as a word, and garbles no longer name that has it", () => {
  new Secret("password");
  equal(
    hideRecordedTexts("password_env, ATMOS_KEYRING_PASSWORD, passwords: password='password'"),
    "password_env, ATMOS_KEYRING_PASSWORD, passwords: [secret]='[secret]'",
  );
  equal(hideInAnswer("xpasswordx"), "x[secret]x");
  new Secret("correcthorsebattery");
  equal(hideRecordedTexts("xcorrecthorsebatteryx"), "x[secret]x");
});

Deno.test("hidden texts: what was included is hidden as words, and each of many lines", () => {
  recordFetched("tiger", "!env PET");
  recordFetched("true", "!env TRUE");
  recordFetched("first line\nsecond line\n", "!include f");
  equal(
    hideRecordedTexts('tiger tigers "tiger" /tiger: it=tiger.'),
    '[!env PET] tigers "[!env PET]" /[!env PET]: it=[!env PET].',
  );
  equal(hideRecordedTexts("must be true or false"), "must be true or false");
  equal(hideRecordedTexts("got second line, first line"), "got [!include], [!include]");
});

Deno.test("hidden texts: what stands for a fetched text is no text of its author's choice", () => {
  const calls = [
    ["!include $(touch x)/.env .a", "[!include]"],
    ["!include \u001b]0;x\u0007", "[!include]"],
    ["!env TOKEN $(touch x)", "[!env]"],
    ['!env "TOKEN"', "[!env]"],
    ["!env TOKEN", "[!env TOKEN]"],
    ["!aws.account_id", "[!aws.account_id]"],
    ['{{ env "$(touch x)" }}', "[template]"],
    ["import: $(touch x)", "[template]"],
    ["a template of this file", "[a template of this file]"],
  ] as const;
  for (const [call, shown] of calls) {
    const text = `fetched ${call}`;
    recordFetched(text, call);
    equal(hideRecordedTexts(`it is ${text}`), `it is ${shown}`);
  }
});

Deno.test("hidden texts: what a configuration says itself is shown, though it is fetched as well", () => {
  recordFetched("said-and-fetched", "!env A");
  recordSaid(() => ["x", "a said-and-fetched text"]);
  recordFetched("fetched later of said", "!env B");
  recordSaid(() => ["fetched later of said"]);
  const message = "said-and-fetched, fetched later of said";
  equal(hideRecordedTexts(message), message);
  equal(hideInAnswer(message), message);
  // A part of a longer name says nothing of it.
  recordFetched("lab7", "!env STAGE");
  recordSaid(() => ["lab71", "x-lab7-x"]);
  equal(hideRecordedTexts("it is lab7"), "it is [!env STAGE]");
  recordSaid(() => ["a secret that is said"]);
  recordSecret("a secret that is said");
  equal(hideRecordedTexts("a secret that is said"), "[secret]");
});

Deno.test("hidden texts: a short word garbles no name that it is a part of, very short texts garble nothing", () => {
  for (const word of ["us", "east", "ox", "1", "prod", "test1"]) recordFetched(word, "!env X");
  new Secret("role");
  const message =
    'Cannot describe "prod-cluster" in us-east-2, app/prod/x, prod.example.com, "ox", "1", test1-x: a-role role/x';
  equal(hideRecordedTexts(message), message);
  // A secret may be part of a name, but not of a path.
  equal(hideInAnswer(message), message.replace("role/x", "[secret]/x"));
  equal(hideInAnswer("east role prod"), "[!env X] [secret] [!env X]");
  new Secret("hunter2");
  equal(hideInAnswer("my-hunter2, x/hunter2"), "my-[secret], x/[secret]");
  recordFetched("long-enough", "!env LONG");
  equal(hideRecordedTexts("my-long-enough"), "my-[!env LONG]");
});

Deno.test("hidden texts: a secret stays one, whatever else it is", () => {
  recordFetched("both-of-them", "!env BOTH");
  recordSecret("both-of-them");
  recordFetched("both-of-them", "!env BOTH");
  equal(hideRecordedTexts("both-of-them"), "[secret]");
});

Deno.test("sent secrets: signatures, bearer tokens, cookies and parameters, but no key id and no scope", () => {
  recordSentSecrets({
    url: "https://h.example/x?X-Amz-Signature=aaaabbbb&name=visible",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAKNOWN/20260101/us-east-1/sts, SignedHeaders=host, Signature=ccccdddd",
      cookie: "session=eeeeffff==; theme=dark-side",
      accept: "application/json",
    },
  });
  recordSentSecrets({ url: "https://h.example", headers: { Authorization: "Bearer gggghhhh" } });
  const said = "aaaabbbb ccccdddd eeeeffff== gggghhhh";
  equal(hideRecordedTexts(said), "[secret] [secret] [secret] [secret]");
  const kept = "AWS4-HMAC-SHA256 AKIAKNOWN/20260101 visible application/json";
  equal(hideRecordedTexts(kept), kept);
});

Deno.test("hidden texts: the secret of a request is forgotten some requests later, and no other one is", () => {
  recordSecret("first-permanent");
  recordPassingSecret("first-permanent");
  recordPassingSecret("later-permanent");
  recordSecret("later-permanent");
  const requests = Array.from({ length: 1_000 }, (_, at) => `signature-${at}`);
  for (const one of requests) recordPassingSecret(one);
  const text = (one: string) => `first-permanent later-permanent ${one}`;
  for (const one of requests.slice(-50)) equal(hideRecordedTexts(text(one)), "[secret] [secret] [secret]");
  equal(hideRecordedTexts(text("signature-0")), "[secret] [secret] signature-0");
});

Deno.test("hidden texts: what names a file that is there is shown again, unless it is a secret", () => {
  recordFetched("lynxes.yaml", "!env FILE");
  recordSecret("ocelots.yaml");
  const text = "lynxes.yaml ocelots.yaml";
  equal(hideRecordedTexts(text), "[!env FILE] [secret]");
  for (const name of text.split(" ")) revealFetched(name);
  equal(hideRecordedTexts(text), "lynxes.yaml [secret]");
});
