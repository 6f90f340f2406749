import { equal } from "node:assert/strict";
import { hashChain } from "../../../../src/auth/model/chain_hash.ts";
import { sha256Hex } from "../../../../src/formats/text/sha256_hex.ts";

interface Link {
  readonly text: string;
}

const links = (count: number): readonly Link[] => Array.from({ length: count }, (_, index) => ({ text: `ü${index}` }));
const textOf = ({ text }: Link) => Promise.resolve(text);
const plain = (chain: readonly Link[], head = "[h") =>
  sha256Hex(`${head}${chain.map(({ text }) => `,${text}`).join("")}]`);
const hash = (chain: readonly Link[], head = "[h") => hashChain(chain, { head, textOf, end: "]" });

Deno.test("chain hash: it is that of the whole text, whichever chains were hashed before", async () => {
  const chain = links(40);
  for (const length of [3, 1, 40, 17, 0]) {
    equal(await hash(chain.slice(0, length)), await plain(chain.slice(0, length)));
  }
  const others = [[...chain.slice(20)], [chain[5]!, chain[3]!, chain[9]!], [...chain.slice(0, 9), chain[30]!]];
  for (const other of others) equal(await hash(other), await plain(other));
  equal(await hash(chain, "[other"), await plain(chain, "[other"));
  equal(await hash(chain), await plain(chain));
});

Deno.test("chain hash: each link is read once, though it is in the chain of all that follow it", async () => {
  const chain = links(500);
  let read = 0;
  const counted = (link: Link) => (read++, textOf(link));
  const input = { head: "[", textOf: counted, end: "]" };
  await Promise.all(chain.map((_, index) => hashChain(chain.slice(0, index + 1), input)));
  equal(read, 500);
});
