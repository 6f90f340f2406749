import type { EKSClient } from "@aws-sdk/client-eks";
import type { Needs } from "../../host/host.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";

interface Made {
  readonly access: AwsAccess;
  readonly client: Promise<EKSClient>;
}

const MADE = new WeakMap<Needs<"net">["net"], Made[]>();

/**
 * A client for EKS; the same one for the same credentials, settings and region. With a hundred clusters, making one for
 * each would take longer than the rest of what is to be computed, and throttling is only seen by who shares a client.
 * AppErrors of clientConfig.
 */
export function eksClient(host: Needs<"net">, { region, settings, credentials }: AwsAccess): Promise<EKSClient> {
  const made = MADE.get(host.net) ?? [];
  const same = made.find(({ access }) =>
    access.region === region && access.settings === settings && access.credentials === credentials
  );
  if (same !== undefined) return same.client;
  const access = { region, settings, credentials };
  const client = newClient(host, access);
  MADE.set(host.net, [...made, { access, client }]);
  return client;
}

async function newClient(host: Needs<"net">, access: AwsAccess): Promise<EKSClient> {
  const config = clientConfig(host, { service: "eks", access });
  const { EKSClient } = await import("@aws-sdk/client-eks");
  return new EKSClient(config);
}
