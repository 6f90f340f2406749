import * as v from "valibot";
import { accountId, form, region, remarks, text } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { toVia, VIA, type Via } from "../../via.ts";
import { IDENTITY_FIELDS, type IdentityBase, identityBase } from "../fields.ts";

const NAME = /^[\w+=,.@-]{1,32}$/;
const ACCOUNT_IS = "the name of an account, or a mapping with id or name";

/** An AWS account by its id, or by its name in AWS Organizations; the id wins. */
interface Account {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

export interface AwsPermissionSet extends IdentityBase {
  readonly kind: "aws/permission-set";
  readonly via: Via;
  readonly permissionSet: string;
  readonly account: Account;
  readonly region: string | undefined;
}

const account = v.pipe(
  v.union([
    v.pipe(v.string(), v.nonEmpty(ACCOUNT_IS)),
    v.number(),
    v.pipe(
      v.object({ id: v.optional(accountId("12 digits")), name: v.optional(text("name of the account")) }),
      v.check(({ id, name }) => id !== undefined || name !== undefined, "must have id, name or both"),
      remarks({ jsonSchema: { anyOf: [{ required: ["id"] }, { required: ["name"] }] } }),
    ),
  ], ACCOUNT_IS),
  v.description("the account: its name, its 12 digits, or {id: ...} or {name: ...}"),
  remarks({ readsText: true }),
);

const schema = v.object({
  kind: ordinary(v.literal("aws/permission-set")),
  via: VIA,
  principal: v.pipe(
    v.object({
      name: ordinary(form(NAME, {
        about: "name of the permission set, such as AdministratorAccess",
        allowed: "the name of a permission set: 1 to 32 letters, digits and +=,.@-_",
      })),
      account: ordinary(account),
      region: v.optional(ordinary(region("AWS region for this identity"))),
    }),
    v.description("the permission set and the account: {name: ..., account: ...}"),
  ),
  ...IDENTITY_FIELDS,
});

function toAccount(given: v.InferOutput<typeof account>): Account {
  if (typeof given === "object") return { id: given.id, name: given.name };
  const text = String(given);
  return /^\d{12}$/.test(text) ? { id: text, name: undefined } : { id: undefined, name: text };
}

export const kind = defineKind({
  name: "aws/permission-set",
  summary: "A permission set of IAM Identity Center in one account",
  example: `dev-admin:
  kind: aws/permission-set
  via:
    provider: company-sso
  principal:
    name: AdministratorAccess
    account:
      id: "123456789012"
`,
  schema,
  model: (fields): AwsPermissionSet => {
    const account = toAccount(fields.principal.account);
    return {
      ...identityBase(fields),
      isRoleSession: true,
      accountId: account.id,
      kind: fields.kind,
      via: toVia(fields.via),
      permissionSet: fields.principal.name,
      account,
      region: fields.region ?? fields.principal.region,
    };
  },
});
