import type { Named } from "../../config/schema/entry.ts";
import { type AccountRoles, listPermissionSets } from "../../aws/sso/list_permission_sets.ts";
import { loadSessions } from "../kinds/providers/registry.ts";
import type { AwsIamIdentityCenter } from "../kinds/providers/aws_iam_identity_center/schema.ts";
import { readFoundIdentities, writeFoundIdentities } from "../files/found_identities_file.ts";
import { nameFoundRoles, type UnnamedRole } from "../files/name_found_roles.ts";
import { withLogFacts } from "../../log/scoped_log.ts";
import { callSettings } from "../flow/call_settings.ts";
import { refuseEndedSession } from "../flow/logged_out.ts";
import { type LoginHost, type LoginUi, noninteractive } from "../flow/login_host.ts";

/** What a login has found, compared with the one before. */
export interface FoundNow {
  readonly accounts: number;
  readonly identities: number;
  /** The names of those that the login before has not found. */
  readonly added: readonly string[];
}

/**
 * Returns what the session of a provider gives: every account and permission set, stored for the runs after this one.
 * The user is asked for nothing. Of an account that AWS does not list now, what was found before stays. All accounts are
 * asked at once: `host.net` says how many requests are under way at a time.
 *
 * @throws {AppError} login-needed where the session has ended, and those of listAccounts
 */
export async function findIdentities(
  given: LoginHost,
  { provider, ui }: { readonly provider: AwsIamIdentityCenter & Named; readonly ui: LoginUi },
): Promise<FoundNow> {
  const host = withLogFacts(given, { provider: provider.name, region: provider.region });
  const { startUrl, region, endpointUrl } = provider;
  const place = { provider: provider.name, session: { startUrl, region, endpointUrl } };
  const before = (await readFoundIdentities(host, place))?.roles ?? [];
  const sessions = await loadSessions(provider.kind);
  const opened = sessions.openSession(host, { provider, ui: noninteractive(ui) });
  if (opened.kind !== "sso") throw new Error("only IAM Identity Center has a session that lists accounts");
  const settings = callSettings(host, { endpointUrl, inBatch: true });
  const { accounts, failures } = await listPermissionSets(host, { session: { ...await opened.login(), settings } });
  for (const { error } of failures) ui.warn({ message: error.message, hint: error.hint ?? "Log in again later" });
  const unknown = new Set(failures.map(({ account }) => account.id));
  const roles = nameFoundRoles([
    ...accounts.flatMap(rolesIn),
    ...before.filter(({ accountId }) => unknown.has(accountId)),
  ]);
  await refuseEndedSession(host, place.session);
  const problem = await writeFoundIdentities(host, { ...place, foundAt: host.clock.now(), roles });
  if (problem !== undefined) ui.warn(problem);
  const known = new Set(before.map(({ name }) => name));
  return {
    accounts: accounts.length + failures.length,
    identities: roles.length,
    added: roles.map(({ name }) => name).filter((name) => !known.has(name)),
  };
}

function rolesIn({ id, name, roles }: AccountRoles): readonly UnnamedRole[] {
  return roles.map((permissionSet) => ({ accountId: id, accountName: name, permissionSet }));
}
