import { equal } from "node:assert/strict";
import { PEM_BASE64 } from "../../../../src/integrations/eks/fields.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

Deno.test("a certificate is found in base64 wherever it begins and ends", () => {
  for (const before of ["", "#", "# ", "# a", "# my bundle\n"]) {
    for (const body of ["\nAAAA\n", "\nAAAAA\n", "\nAAAAAA\n"]) {
      for (const after of ["", "\n", "\n\n"]) {
        const pem = before + BEGIN + body + END + after;
        equal(PEM_BASE64.test(btoa(pem)), true, pem);
      }
    }
  }
});

Deno.test("what has no certificate in it, and what is no base64 on one line", () => {
  const whole = btoa(`${BEGIN}\nAAAA\n${END}\n`);
  const others = [
    ...[
      "",
      "hello",
      BEGIN,
      `${BEGIN}\nAAAA\n`,
      `${END}${BEGIN}`,
      "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
    ]
      .map((text) => btoa(text)),
    ...[`${whole}=`, whole.slice(0, -1), ` ${whole}`, `${whole}\n`, `${BEGIN}\nAAAA\n${END}`],
  ];
  for (const text of others) equal(PEM_BASE64.test(text), false, text);
});
