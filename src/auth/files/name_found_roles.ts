import { nameFault } from "../../config/schema/entries.ts";
import { hasUnseen } from "../../formats/text/terminal_text.ts";

/** A permission set in an account, before it has a name. */
export interface UnnamedRole {
  /** 12 digits. */
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSet: string;
}

/**
 * Returns each role once with its name, `account/role`, sorted by it: a name never depends on the order of the list, and
 * no account's name can be read as another account. Where several accounts have a name, the account's digits follow it;
 * where a name may be mistaken for something else, the digits stand in its place. Roles of one account whose names
 * differ in case only have no name, since identities are found in either case: they are left out.
 */
export function nameFoundRoles<Role extends UnnamedRole>(
  roles: readonly Role[],
): readonly (Role & { readonly name: string })[] {
  const once = [...new Map(roles.map((role) => [`${role.accountId}/${role.permissionSet}`, role])).values()];
  const accounts = Map.groupBy(once, ({ accountName }) => comparable(accountName));
  const isShared = ({ accountName }: Role) =>
    new Set(accounts.get(comparable(accountName))!.map(({ accountId }) => accountId)).size > 1;
  const named = once.map((role) => ({ ...role, name: `${nameAccount(role, isShared(role))}/${role.permissionSet}` }));
  const byName = Map.groupBy(named, ({ name }) => comparable(name));
  return [...byName.values()].flatMap((same) => same.length === 1 ? same : [])
    .sort((one, other) => one.name < other.name ? -1 : 1);
}

function nameAccount({ accountId, accountName }: UnnamedRole, isShared: boolean): string {
  if (!isClear(accountName)) return accountId;
  return isShared ? `${accountName}-${accountId}` : accountName;
}

/** Whether an account's name can be nothing else: no digits of an account at its end, no `provider/account`. */
function isClear(name: string): boolean {
  return nameFault(name) === undefined && !hasUnseen(name) && !/[/\\]|\p{Nd}{12}\s*$/u.test(name);
}

/** Names that look the same are the same: case, blanks around and between, wide forms. */
function comparable(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
