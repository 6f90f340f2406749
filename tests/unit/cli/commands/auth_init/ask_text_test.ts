import { equal, match, rejects, throws } from "node:assert/strict";
import { askStartUrl, askText, readStartUrl } from "../../../../../src/cli/commands/auth_init/ask_text.ts";
import {
  accountWords,
  foldedNames,
  freeName,
  providerName,
} from "../../../../../src/cli/commands/auth_init/entry_names.ts";
import { checkRegion } from "../../../../../src/aws/names/names.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";

const START_URLS: Readonly<Record<string, string>> = {
  "corp": "https://corp.awsapps.com/start",
  "corp.awsapps.com/start": "https://corp.awsapps.com/start",
  "https://Corp.awsapps.com/start/#/": "https://corp.awsapps.com/start",
  "https://identitycenter.amazonaws.com/ssoins-1234567890abcdef":
    "https://identitycenter.amazonaws.com/ssoins-1234567890abcdef",
  "http://127.0.0.1:4000/start": "http://127.0.0.1:4000/start",
};

for (const [text, url] of Object.entries(START_URLS)) {
  Deno.test(`readStartUrl: ${text}`, () => equal(readStartUrl(text), url));
}

for (const text of ["", "http://corp.awsapps.com/start", "ftp://x", "https://me@x/start", "https://x y/", "https://"]) {
  Deno.test(`readStartUrl refuses ${JSON.stringify(text)}`, () => throws(() => readStartUrl(text), { code: "usage" }));
}

Deno.test("askText: an answer that cannot be is said, and asked for again; Enter alone is the usual one", async () => {
  const host = fakeHost({ lines: ["x", "us-west-2"], tty: { stdin: true } });
  equal(await askText(host, { question: "Region", usual: "us-east-1", check: checkRegion }), "us-west-2");
  match(host.seen.err, /^Region \[us-east-1\]: x\nCannot use region "x".*\nRegion \[us-east-1\]: us-west-2\n$/);
  const usual = fakeHost({ lines: [""], tty: { stdin: true } });
  equal(await askText(usual, { question: "Region", usual: "us-east-1", check: checkRegion }), "us-east-1");
});

Deno.test("askStartUrl: giving up writes nothing, and neither does Ctrl-C", async () => {
  for (const keys of [["\x1b"], ["c", "\x03"], []]) {
    await rejects(askStartUrl(fakeHost({ keys, tty: { stdin: true } })), { code: "interrupted" });
  }
});

Deno.test("names: free ones, whatever their case; of accounts, and of providers", () => {
  const taken = foldedNames(["Dev/Admin", "dev/admin-2"]);
  equal(freeName("dev/admin", taken), "dev/admin-3");
  equal(freeName("prod/Admin", taken), "prod/Admin");
  const words = accountWords(
    ["Log Archive", "", "...", "Größe/EU"].map((name, id) => ({ id: `${id}`, name, email: "" })),
  );
  equal([...words.values()].join(" "), "log-archive 1 2 gro-e-eu");
  equal(providerName("https://corp.awsapps.com/start"), "corp");
  equal(providerName("https://d-9067abcdef.awsapps.com/start"), "sso");
  equal(providerName("https://identitycenter.amazonaws.com/ssoins-1"), "sso");
});
