import { equal } from "node:assert/strict";
import { findAccountName } from "../../../../src/auth/model/account_name.ts";
import type { Chain } from "../../../../src/auth/model/chain.ts";
import { type AuthModel, EMPTY_MODEL } from "../../../../src/auth/model/model.ts";
import { NOTHING_FOUND } from "../../../../src/auth/model/found_identities.ts";

const ID = "123456789012";

function identity(accountId: string | undefined, name: string | undefined) {
  return { kind: "aws/permission-set", name: "one", accountId, account: { id: accountId, name } };
}

function chain(one: ReturnType<typeof identity>): Chain {
  return { provider: undefined, identities: [one] } as unknown as Chain;
}

function model(...all: readonly ReturnType<typeof identity>[]): AuthModel {
  const identities = new Map(all.map((one, index) => [`i${index}`, one])) as unknown as AuthModel["identities"];
  const found = { ...NOTHING_FOUND, accountNames: new Map([[ID, "by-login"]]) };
  return { ...EMPTY_MODEL, identities, found };
}

Deno.test("account name: for all identities in turn, the model is gone through once", () => {
  const named = model(identity("210987654321", "a"), identity(ID, "first"), identity(ID, "second"));
  let rounds = 0;
  const values = named.identities.values.bind(named.identities);
  Object.assign(named.identities, { values: () => (rounds++, values()) });
  for (let count = 0; count < 3; count++) {
    equal(findAccountName({ ...named }, { account: ID, chain: chain(identity(ID, undefined)) }), "first");
  }
  equal(rounds, 1);
});

Deno.test("account name: the identity's own, that of another one in the account, what a login has found, or none", () => {
  const named = model(identity(ID, "other"));
  equal(findAccountName(named, { account: ID, chain: chain(identity(ID, "own")) }), "own");
  equal(findAccountName(named, { account: ID, chain: chain(identity(undefined, "only")) }), "only");
  equal(findAccountName(named, { account: ID, chain: chain(identity(ID, undefined)) }), "other");
  equal(findAccountName(named, { account: ID, chain: chain(identity("210987654321", "elsewhere")) }), "other");
  equal(findAccountName(model(), { account: ID, chain: chain(identity(ID, undefined)) }), "by-login");
  equal(findAccountName(model(), { account: "210987654321", chain: chain(identity(ID, "own")) }), undefined);
});

Deno.test("account name: what a repository calls it is none for the user's own identities, nor is another account's id", () => {
  const mixed = (own: string | undefined) => ({
    ...model({ ...identity(ID, "dev"), name: "theirs" }, { ...identity(ID, "said by theirs"), name: "Mine" }),
    ownNames: new Map([["mine", own]]),
  });
  const named = (own: string | undefined) =>
    findAccountName(mixed(own), { account: ID, chain: chain({ ...identity(ID, "said by theirs"), name: "Mine" }) });
  equal(named(undefined), "by-login");
  equal(named("prod"), "prod");
  const theirs = { ...identity(ID, undefined), name: "theirs2" };
  equal(findAccountName(mixed("prod"), { account: ID, chain: chain(theirs) }), "dev");
  equal(
    findAccountName(model(identity(ID, "210987654321")), { account: ID, chain: chain(identity(ID, undefined)) }),
    "by-login",
  );
  equal(findAccountName(model(), { account: ID, chain: chain(identity(ID, "210987654321")) }), "by-login");
  equal(findAccountName(model(), { account: ID, chain: chain(identity(ID, ID)) }), ID);
});
