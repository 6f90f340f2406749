import { equal, match } from "node:assert/strict";
import { renderTerminal, tidyOutput } from "../../../scripts/docs/terminal_picture.ts";

/** What two runs show of one thing, and what the picture has of it. */
const RUNS: readonly (readonly [first: string, second: string, tidied: string])[] = [
  ["in /tmp/atmos-test-0a1b/.kube/config", "in /var/x/atmos-test-ffff/.kube/config", "in ~/.kube/config"],
  ["https://127.0.0.1:4000", "https://127.0.0.1:39999", "https://EXAMPLE0123.gr7.us-east-2.eks.amazonaws.com"],
  ["Expires 2026-11-29T09:59:08Z (59m)", "Expires 2027-01-01T00:00:00Z (58m)", "Expires 2026-11-29T15:04:05Z (59m)"],
  ["expires in 59m (15:59 +02:00)", "expires in 58m (01:10 +02:00)", "expires in 59m (15:04 +02:00)"],
  ["Realm 83b837e454513167", "Realm 0000000000000000", "Realm 8b09f113f8adb979"],
  [
    "+ command: /bin/deno\n+ args:\n+  - run\n+  - x\n+  - aws\n",
    "+ command: /home/atmos\n+ args:\n+  - aws\n",
    "+ command: /usr/local/bin/atmos\n+ args:\n+  - aws\n",
  ],
];

for (const [first, second, tidied] of RUNS) {
  Deno.test(`picture: two runs look the same: ${JSON.stringify(tidied)}`, () => {
    equal(tidyOutput(first), tidied);
    equal(tidyOutput(second), tidied);
  });
}

Deno.test("picture: text is escaped, long lines are cut, a diff has colors", () => {
  const svg = renderTerminal([{ typed: "a <b> & c", shown: `+new\n-old\n${"x".repeat(200)}\n` }]);
  match(svg, />\$ a &lt;b&gt; &amp; c</);
  match(svg, /fill="#56d364"[^>]*>\+new</);
  match(svg, /fill="#ff7b72"[^>]*>-old</);
  match(svg, />x{99}…</);
});
