import { AppError } from "../../errors.ts";
import type { LoginUi } from "../flow/login_host.ts";
import type { SamlRole } from "./response.ts";

interface RoleChoice {
  readonly identity: string;
  /** The role that the identity names. */
  readonly wanted: string | undefined;
  readonly roles: readonly SamlRole[];
  readonly ui: LoginUi;
}

const MOST_LISTED = 20;

/**
 * The role that is meant: the one that is named, the only one, or the one that the person chooses. AppError
 * "login-denied" when the response does not have it, "config-invalid" when no one says which.
 */
export async function chooseRole(choice: RoleChoice): Promise<SamlRole> {
  const { identity, wanted, roles, ui } = choice;
  if (wanted !== undefined) return find(roles, wanted) ?? refuse(choice);
  if (roles.length === 1) return roles[0]!;
  const among = roles.map(({ roleArn }) => ({ name: roleArn, note: getAccount(roleArn) }));
  const question = `Which role is identity "${identity}"?`;
  const chosen = await ui.choose({ question, among });
  const role = chosen === undefined ? undefined : find(roles, chosen);
  if (role !== undefined) return role;
  throw new AppError(
    "config-invalid",
    `Cannot use identity "${identity}": it does not say which of the ${roles.length} roles of this login to use: ${
      joinNames(roles)
    }`,
    { hint: "Specify one: principal.assume_role in atmos.yaml" },
  );
}

/** AWS lets no two roles of an account differ in upper and lower case alone. */
function find(roles: readonly SamlRole[], wanted: string): SamlRole | undefined {
  return roles.find(({ roleArn }) => roleArn === wanted) ??
    roles.find(({ roleArn }) => roleArn.toLowerCase() === wanted.toLowerCase());
}

function refuse({ identity, wanted, roles }: RoleChoice): never {
  throw new AppError(
    "login-denied",
    `Cannot use identity "${identity}": this login does not offer role ${wanted}; it offers ${joinNames(roles)}`,
    { hint: "Correct principal.assume_role, or have the identity provider give you the role" },
  );
}

function joinNames(roles: readonly SamlRole[]): string {
  const names = roles.slice(0, MOST_LISTED).map(({ roleArn }) => roleArn).join(", ");
  return roles.length <= MOST_LISTED ? names : `${names} and ${roles.length - MOST_LISTED} more`;
}

function getAccount(roleArn: string): string {
  return `account ${roleArn.split(":")[4]}`;
}
